import { err, ok, type Result } from '../../domain/result.ts';
import { holdsService } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';
import type { ImprovementKey } from './change-improvement.ts';

/** Takes a line off the tablets for good. */
export async function removeImprovement(
  { db }: Pick<Store, 'db'>,
  scope: Scope,
  key: ImprovementKey,
): Promise<Result<void, { readonly kind: 'not-found' }>> {
  if (!holdsService(scope, key)) return err({ kind: 'not-found' });
  const removed = await db
    .deleteFrom('improvements')
    .where('organisation_id', '=', key.organisationId)
    .where('service_id', '=', key.serviceId)
    .where('improvement_id', '=', key.improvementId)
    .executeTakeFirst();
  return removed.numDeletedRows === 0n ? err({ kind: 'not-found' }) : ok(undefined);
}
