import { err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../clock.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import type { Scope, Store } from '../store/store.ts';
import { readEndedQuarter } from './ended-quarter.ts';
import { periodLabel } from './period-label.ts';

/**
 * Puts the share of the last quarter that has ended on a service's tablets, in place of what stood there. It stays as it was published,
 * whatever arrives late. Refused where the base is too small to be published.
 */
export async function publishResult(
  deps: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  key: { readonly organisationId: string; readonly serviceId: string },
  by: string,
): Promise<Result<void, { readonly kind: 'not-found' | 'base-too-small' }>> {
  const { db } = deps.store;
  const quarter = await readEndedQuarter(deps, scope);
  const figure = quarter.of(key);
  if (figure === null) return err({ kind: 'not-found' });
  if (figure.shareSatisfied === null) return err({ kind: 'base-too-small' });
  const row = {
    organisation_id: key.organisationId,
    service_id: key.serviceId,
    share_satisfied: figure.shareSatisfied,
    base: figure.base,
    period_label: JSON.stringify(periodLabel(quarter.period)),
    published_on: placeOf(await visibleServices(db, scope), deps.clock).today,
    published_by: by,
  };
  await db
    .insertInto('published_results')
    .values(row)
    .onConflict((already) => already.columns(['organisation_id', 'service_id']).doUpdateSet(row))
    .execute();
  return ok(undefined);
}
