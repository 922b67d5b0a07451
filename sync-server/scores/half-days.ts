import * as v from 'valibot';
import { disclosureOf, mayShowParts } from '../../domain/small-base.ts';
import { baseOf, mergeTallies, type Tally } from '../../domain/tally.ts';
import { weekdayOf } from '../../domain/weeks.ts';
import type { HalfDays } from '../../protocol/scores.ts';
import type { Clock } from '../clock.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import { ProblemError } from '../problems.ts';
import { packedCounts, unpackedCounts } from '../store/packed-counts.ts';
import type { Scope, Store } from '../store/store.ts';
import { figureOf, withheld } from './figure.ts';
import { framingOf, periodTextSchema } from './framing.ts';
import { answeredSeries, type RatingSeries, readSeries } from './series.ts';
import type { DayRange, ServiceKey } from './tally-sums.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const HALVES = ['am', 'pm'] as const;

export const halfDaysQuerySchema = v.object({ period: periodTextSchema });

/**
 * The global question by weekday and half-day: of the period's days, or of the 13 weeks that end with it where it is a week, which holds each
 * half-day once. Read from the counts of half-days alone: what it costs follows the days, not the responses.
 */
export async function readHalfDays(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  key: ServiceKey,
  query: v.InferOutput<typeof halfDaysQuerySchema>,
): Promise<HalfDays> {
  const service = (await visibleServices(store.db, scope)).find(
    (one) => one.organisationId === key.organisationId && one.serviceId === key.serviceId,
  );
  if (service === undefined) throw new ProblemError('not-found');
  const { globals } = (await readSeries(store, scope))(service);
  const framing = framingOf(query, placeOf([service], clock));
  const range = framing.period.grain === 'week' ? framing.rolling13 : framing.period;
  const tallies = await readTallies(store, service, globals, range);
  const totalOf = (series: RatingSeries) => mergeTallies(...(tallies.get(nameOf(series))?.values() ?? []));
  const series = answeredSeries(globals, totalOf);
  if (series === null) throw new ProblemError('not-found');
  const places = WEEKDAYS.flatMap((weekday) => HALVES.map((halfDay) => ({ weekday, halfDay })));
  const cells = places.map((place) => tallies.get(nameOf(series))?.get(placeName(place)) ?? {});
  const mayShow = mayShowParts(cells.map((tally) => baseOf(series.scale, tally)));
  return {
    period: framing.reply.period,
    firstDay: range.from,
    lastDay: range.to,
    isDemonstration: framing.reply.isDemonstration,
    stem: series.stem,
    target: service.target,
    figure: figureOf(series.scale, totalOf(series), service.target),
    cells: places.map((place, index) => {
      const figure = figureOf(series.scale, cells[index] ?? {}, service.target);
      const isHeldBack = mayShow[index] === false && disclosureOf(figure.base) !== 'hidden';
      return { ...place, figure: isHeldBack ? withheld(figure.base, 'hidden') : figure };
    }),
  };
}

/** By series and then by place in the week. */
async function readTallies(
  { db }: Pick<Store, 'db'>,
  { organisationId, serviceId }: ServiceKey,
  globals: readonly RatingSeries[],
  { from, to }: DayRange,
): Promise<ReadonlyMap<string, ReadonlyMap<string, Tally>>> {
  const found = new Map<string, Map<string, Record<string, number>>>();
  const itemIds = [...new Set(globals.map(({ itemId }) => itemId))];
  if (itemIds.length === 0) return found;
  const rows = await db
    .selectFrom('half_day_tallies')
    .select(['item_id', 'scale_id', 'half_day', 'code', packedCounts('local_date').as('counts')])
    .where('organisation_id', '=', organisationId)
    .where('service_id', '=', serviceId)
    .where('item_id', 'in', itemIds)
    .where('local_date', '>=', from)
    .where('local_date', '<=', to)
    .groupBy(['item_id', 'scale_id', 'half_day', 'code'])
    .execute();
  for (const row of rows) {
    const name = nameOf({ itemId: row.item_id, scaleId: row.scale_id });
    const places = found.get(name) ?? new Map<string, Record<string, number>>();
    found.set(name, places);
    for (const [date, count] of unpackedCounts(row.counts)) {
      const place = placeName({ weekday: weekdayOf(date), halfDay: row.half_day });
      const tally = places.get(place) ?? {};
      places.set(place, tally);
      tally[row.code] = (tally[row.code] ?? 0) + count;
    }
  }
  return found;
}

function nameOf({ itemId, scaleId }: { readonly itemId: string; readonly scaleId: string }): string {
  return `${itemId} ${scaleId}`;
}

function placeName({ weekday, halfDay }: { readonly weekday: number; readonly halfDay: string }): string {
  return `${weekday} ${halfDay}`;
}
