import { err, ok, type Result } from '../../domain/result.ts';
import { type Clock, instantOf } from '../clock.ts';
import { inScope } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';

/** Takes a tablet out of service for good: its token opens nothing from the next request on. Revoking again changes nothing. */
export async function revokeEnrolment(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  key: { readonly organisationId: string; readonly enrolmentId: string },
): Promise<Result<void, { readonly kind: 'not-found' }>> {
  const found = await store.db
    .updateTable('enrolments')
    .set((is) => ({ revoked_at: is.fn.coalesce('revoked_at', is.val(instantOf(clock.now()))) }))
    .where('organisation_id', '=', key.organisationId)
    .where('enrolment_id', '=', key.enrolmentId)
    .where('point_id', 'in', (query) =>
      query
        .selectFrom('points')
        .select('point_id')
        .whereRef('points.organisation_id', '=', 'enrolments.organisation_id')
        .where(inScope(scope, 'points')),
    )
    .returning('enrolment_id')
    .executeTakeFirst();
  return found === undefined ? err({ kind: 'not-found' }) : ok(undefined);
}
