import { err, ok, type Result } from '../../domain/result.ts';
import type { ImprovementChange } from '../../protocol/publication.ts';
import { holdsService } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';

/** A line, and the service whose tablets show it. */
export interface ImprovementKey {
  readonly organisationId: string;
  readonly serviceId: string;
  readonly improvementId: string;
}

/** Words a line anew; its day stays where none is told. */
export async function changeImprovement(
  { db }: Pick<Store, 'db'>,
  scope: Scope,
  key: ImprovementKey,
  { said, done, shownFrom }: ImprovementChange,
): Promise<Result<void, { readonly kind: 'not-found' }>> {
  if (!holdsService(scope, key)) return err({ kind: 'not-found' });
  const changed = await db
    .updateTable('improvements')
    .set({ said, done, ...(shownFrom !== undefined && { shown_from: shownFrom }) })
    .where('organisation_id', '=', key.organisationId)
    .where('service_id', '=', key.serviceId)
    .where('improvement_id', '=', key.improvementId)
    .executeTakeFirst();
  return changed.numUpdatedRows === 0n ? err({ kind: 'not-found' }) : ok(undefined);
}
