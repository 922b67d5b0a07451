import { firstDay, lastDay } from '../../domain/periods.ts';
import { addDays, daysBetween } from '../../domain/weeks.ts';
import type { VisitorCounts } from '../../protocol/participation.ts';
import type { Clock } from '../clock.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import { periodOfText } from '../scores/framing.ts';
import type { Scope, Store } from '../store/store.ts';
import { participationIn, readVisitorCounts } from './read-participation.ts';

/** Every service's counts over a period, for whoever enters them. */
export async function readCounts(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  periodText: string,
): Promise<VisitorCounts> {
  const services = await visibleServices(store.db, scope);
  const { today } = placeOf(services, clock);
  const period = periodOfText(periodText);
  const range = { from: firstDay(period), to: lastDay(period) };
  const counts = await readVisitorCounts(store, services, range);
  const participationOf = await participationIn(store, services, range, counts);
  const end = today < range.to ? today : range.to;
  return {
    period: periodText,
    days: Array.from({ length: Math.max(0, daysBetween(range.from, end) + 1) }, (_, index) =>
      addDays(range.from, index),
    ),
    services: services
      .filter(({ status }) => status === 'active')
      .map((service) => ({
        organisationId: service.organisationId,
        serviceId: service.serviceId,
        serviceName: service.serviceName,
        siteName: service.siteName,
        counts: counts
          .filter(
            (count) =>
              count.organisation_id === service.organisationId && count.service_id === service.serviceId,
          )
          .map((count) => ({
            date: count.local_date,
            visitors: count.visitors,
            source: count.source,
            enteredAt: count.entered_at,
            enteredBy: count.entered_by,
          })),
        participation: participationOf(service),
      })),
  };
}
