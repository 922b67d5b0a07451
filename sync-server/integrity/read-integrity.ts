import { mergeTallies } from '../../domain/tally.ts';
import { addDays } from '../../domain/weeks.ts';
import type { IntegrityService, IntegrityView } from '../../protocol/integrity.ts';
import type { Clock } from '../clock.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import { figureOf, NO_FIGURE } from '../scores/figure.ts';
import { framingOf } from '../scores/framing.ts';
import { answeredSeries, readSeries } from '../scores/series.ts';
import { setAsideOf } from '../scores/set-aside.ts';
import { sumTallies, tallySeries } from '../scores/tally-sums.ts';
import type { Scope, Store } from '../store/store.ts';
import { readDecisions } from './read-decisions.ts';

/** What is out of the figures of a period, service by service, and what was decided about it. Read from the tallies alone. */
export async function readIntegrity(
  deps: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  period: string,
): Promise<IntegrityView> {
  const { store } = deps;
  const services = await visibleServices(store.db, scope);
  const framing = framingOf({ period }, placeOf(services, deps.clock));
  const { from, to, grain } = framing.period;
  const seriesOf = await readSeries(store, scope);
  const itemIds = services.flatMap((service) => seriesOf(service).globals.map(({ itemId }) => itemId));
  const sums = await sumTallies(store, { services, itemIds, grain, ranges: [{ from, to }] });
  const days = await tallySeries(store, { services, itemIds: [], grain: 'day', range: { from, to } });
  const decisions = await readDecisions(store.db, scope, { from, to });
  return {
    period: framing.reply.period,
    services: services.map((service): IntegrityService => {
      const series = answeredSeries(seriesOf(service).globals, (one) =>
        mergeTallies(
          sums.tally(service, one.itemId, one.scaleId),
          sums.flaggedTally(service, one.itemId, one.scaleId),
        ),
      );
      const decided = new Set(
        decisions
          .filter(
            (one) => one.organisationId === service.organisationId && one.serviceId === service.serviceId,
          )
          .map(({ date }) => date),
      );
      return {
        organisationId: service.organisationId,
        serviceId: service.serviceId,
        serviceName: service.serviceName,
        siteName: service.siteName,
        figure:
          series === null
            ? NO_FIGURE
            : figureOf(series.scale, sums.tally(service, series.itemId, series.scaleId), service.target),
        setAside: setAsideOf(sums, service, series),
        days: daysBetween(from, to)
          .map((date) => ({
            date,
            responses: days.responses(service, date),
            setAside: days.setAside(service, date),
          }))
          .filter(({ date, setAside }) => setAside > 0 || decided.has(date))
          .toReversed(),
      };
    }),
    decisions,
  };
}

function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
