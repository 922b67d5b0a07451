import { err, ok, type Result } from '../../domain/result.ts';
import { holdsService } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';

/** Takes a service's result off its tablets. Withdrawing what is not there changes nothing. */
export async function withdrawResult(
  { db }: Pick<Store, 'db'>,
  scope: Scope,
  key: { readonly organisationId: string; readonly serviceId: string },
): Promise<Result<void, { readonly kind: 'not-found' }>> {
  if (!holdsService(scope, key)) return err({ kind: 'not-found' });
  await db
    .deleteFrom('published_results')
    .where('organisation_id', '=', key.organisationId)
    .where('service_id', '=', key.serviceId)
    .execute();
  return ok(undefined);
}
