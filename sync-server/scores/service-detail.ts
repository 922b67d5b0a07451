import * as v from 'valibot';
import { EMPTY_TALLY, mergeTallies, totalOf } from '../../domain/tally.ts';
import { addDays, type LocalDate, weekOf } from '../../domain/weeks.ts';
import {
  type ItemScore,
  type Revision,
  type ServiceDetail,
  seriesKeyOf,
  type TrendPoint,
} from '../../protocol/scores.ts';
import type { Clock } from '../clock.ts';
import { placeOf, type VisibleService, visibleServices } from '../people/visible-services.ts';
import { ProblemError } from '../problems.ts';
import type { Scope, Store } from '../store/store.ts';
import { framingOf, framingQuerySchema, weeksUpTo } from './framing.ts';
import { readLateWeeks, revisionsOf } from './revisions.ts';
import { answeredSeries, type RatingSeries, readSeries, type Series, seriesFigure } from './series.ts';
import { sumTallies, type TallySums, tallySeries, WHOLE_RESPONSE } from './tally-sums.ts';

const TREND_WEEKS = 52;
const ROLLING_WEEKS = 13;

/** `item`: whose trend is drawn, by its id, or by `seriesKeyOf` where it was asked on two scales; the global item's unless said otherwise. */
export const serviceQuerySchema = v.object({
  ...framingQuerySchema.entries,
  item: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
});
export type ServiceQuery = v.InferOutput<typeof serviceQuerySchema>;

/**
 * One service: every item's figures for a period, and a year of weeks.
 *
 * @throws ProblemError `not-found` for a service outside the scope, `unprocessable` for an item it never asked
 */
export async function readServiceDetail(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  key: { readonly organisationId: string; readonly serviceId: string },
  query: ServiceQuery,
): Promise<ServiceDetail> {
  const services = await visibleServices(store.db, scope);
  const service = services.find(
    (one) => one.organisationId === key.organisationId && one.serviceId === key.serviceId,
  );
  if (service === undefined) throw new ProblemError('not-found');
  const { current, former, globals } = (await readSeries(store, scope))(service);
  if (globals.length === 0)
    throw new ProblemError('not-found', { detail: 'Nothing was ever asked at this service.' });
  const all = [...current, ...former];
  const chosen = all.find((series) => [series.itemId, seriesKey(series)].includes(query.item ?? ''));
  if (query.item !== undefined && chosen === undefined)
    throw new ProblemError('unprocessable', {
      errors: [{ field: 'item', message: 'is not an item of this service' }],
    });

  const framing = framingOf(query, placeOf([service], clock));
  const itemIds = [WHOLE_RESPONSE, ...all.map((series) => series.itemId)];
  const own = { services: [service], itemIds };
  const { period, compared } = framing;
  const now = await sumTallies(store, { ...own, grain: period.grain, ranges: [period] });
  const then = await sumTallies(store, { ...own, grain: compared.grain, ranges: [compared] });
  const isAnswered = (series: Series) => totalOf(now.tally(service, series.itemId, series.scaleId)) > 0;
  const global = answeredSeries(globals, (series) => now.tally(service, series.itemId, series.scaleId));
  const trendItem = chosen ?? global;
  if (global === null || trendItem === null) throw new ProblemError('not-found');
  const weeks = await tallySeries(store, {
    services: [service],
    itemIds: [WHOLE_RESPONSE, global.itemId, trendItem.itemId],
    grain: 'week',
    range: weeksUpTo(framing.endWeek, TREND_WEEKS + ROLLING_WEEKS - 1),
  });
  const { timeZone: _zone, isDemonstration: _isDemonstration, ...head } = service;
  // What is asked now, unless the period answered it on a former scale alone; and whatever else was answered in it.
  const answered = all.filter(isAnswered);
  const shown = all.filter(
    (series) =>
      isAnswered(series) ||
      (current.includes(series) && !answered.some((other) => other.itemId === series.itemId)),
  );
  const trendDays = weeksUpTo(framing.endWeek, TREND_WEEKS);
  return {
    ...framing.reply,
    service: head,
    responses: now.responses(service),
    comparedResponses: then.responses(service),
    items: shown.map((series) => itemScore(service, series, now, then)),
    trendItemId: trendItem.itemId,
    trendScaleId: trendItem.kind === 'rating' ? trendItem.scaleId : null,
    trend: trendOf(service, trendItem, weeks, trendDays.from),
    revisions: await revisionsIn(store, service, global, weeks, trendDays),
  };
}

function seriesKey(series: Series): string {
  return seriesKeyOf({ itemId: series.itemId, scaleId: series.scaleId === '' ? null : series.scaleId });
}

function itemScore(service: VisibleService, series: Series, now: TallySums, then: TallySums): ItemScore {
  const figure = (sums: TallySums) =>
    seriesFigure(series, sums.tally(service, series.itemId, series.scaleId), service.target);
  return {
    itemId: series.itemId,
    stem: series.stem,
    kind: series.kind,
    scaleId: series.kind === 'rating' ? series.scaleId : null,
    isGlobal: series.isGlobal,
    options: [...series.options],
    figure: figure(now),
    compared: figure(then),
  };
}

function trendOf(
  service: VisibleService,
  series: Series,
  weeks: TallySums,
  firstMonday: LocalDate,
): TrendPoint[] {
  return Array.from({ length: TREND_WEEKS }, (_, index) => {
    const monday = addDays(firstMonday, 7 * index);
    const tallyAt = (day: LocalDate) => weeks.tally(service, series.itemId, series.scaleId, day);
    const rolling = Array.from({ length: ROLLING_WEEKS }, (_week, back) =>
      tallyAt(addDays(monday, -7 * back)),
    );
    return {
      week: weekOf(monday),
      firstDay: monday,
      responses: weeks.responses(service, monday),
      figure: seriesFigure(series, tallyAt(monday), service.target),
      rolling13: seriesFigure(series, mergeTallies(EMPTY_TALLY, ...rolling), service.target),
    };
  });
}

/** Newest first. */
async function revisionsIn(
  store: Store,
  service: VisibleService,
  global: RatingSeries,
  weeks: TallySums,
  range: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<Revision[]> {
  const late = await readLateWeeks(store, { services: [service], itemIds: [global.itemId], range });
  return late
    .flatMap((week) =>
      revisionsOf(global, week, weeks.tally(service, global.itemId, global.scaleId, week.weekStartsOn)),
    )
    .toSorted((a, b) => b.revisedOn.localeCompare(a.revisedOn) || b.week.localeCompare(a.week));
}
