import { totalOf } from '../../domain/tally.ts';
import type { LocalDate } from '../../domain/weeks.ts';
import type { Participation } from '../../protocol/participation.ts';
import { tallySeries } from '../scores/tally-sums.ts';
import { WHOLE_RESPONSE } from '../ingest/tallies.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

type ServiceKey = { readonly organisationId: string; readonly serviceId: string };
export type VisitorCount = Tables['visitor_counts'];

/** What was counted at some services over some days, in the order of time. */
export async function readVisitorCounts(
  { db }: Pick<Store, 'db'>,
  services: readonly ServiceKey[],
  range: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<readonly VisitorCount[]> {
  return db
    .selectFrom('visitor_counts')
    .selectAll()
    .where('organisation_id', 'in', [...new Set(services.map((service) => service.organisationId))])
    .where('service_id', 'in', [...new Set(services.map((service) => service.serviceId))])
    .where('local_date', '>=', range.from)
    .where('local_date', '<=', range.to)
    .orderBy('local_date')
    .execute();
}

/**
 * How many of the visitors answered. Answers are those of the very days that were counted, whatever the period: where half of it was, the
 * other half is in neither number.
 *
 * @returns of a service: null where no visitor was counted
 */
export async function readParticipation(
  store: Pick<Store, 'db'>,
  services: readonly ServiceKey[],
  range: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<(service: ServiceKey) => Participation | null> {
  const counts = await readVisitorCounts(store, services, range);
  return participationIn(store, services, range, counts);
}

/** The same from counts that were read already. */
export async function participationIn(
  store: Pick<Store, 'db'>,
  services: readonly ServiceKey[],
  range: { readonly from: LocalDate; readonly to: LocalDate },
  counts: readonly VisitorCount[],
): Promise<(service: ServiceKey) => Participation | null> {
  if (counts.length === 0) return () => null;
  const days = await tallySeries(store, { services, itemIds: [], grain: 'day', range });
  return (service) => {
    const own = counts.filter(
      (count) => count.organisation_id === service.organisationId && count.service_id === service.serviceId,
    );
    const visitors = own.reduce((sum, count) => sum + count.visitors, 0);
    if (visitors === 0) return null;
    const responses = own.reduce(
      (sum, { local_date }) => sum + totalOf(days.tally(service, WHOLE_RESPONSE, '', local_date)),
      0,
    );
    return { visitors, responses, countedDays: own.length };
  };
}
