import * as v from 'valibot';
import { CHANNELS } from '../../domain/answers.ts';
import { mergeTallies, type Tally, totalOf } from '../../domain/tally.ts';
import { addDays, type LocalDate, weekOf } from '../../domain/weeks.ts';
import {
  type ItemScore,
  type Revision,
  type ServiceDetail,
  type SetAsideWeek,
  seriesKeyOf,
  type TrendPoint,
} from '../../protocol/scores.ts';
import { readCalendar } from '../calendar/read-calendar.ts';
import type { Clock } from '../clock.ts';
import { readCoverage } from '../coverage/read-coverage.ts';
import { readParticipation } from '../participation/read-participation.ts';
import { placeOf, type VisibleService, visibleServices } from '../people/visible-services.ts';
import { ProblemError } from '../problems.ts';
import type { Scope, Store } from '../store/store.ts';
import { type Days, type Framing, framingOf, framingQuerySchema, TREND_WEEKS, weeksUpTo } from './framing.ts';
import { chartOf } from './charts.ts';
import { ChannelFigures, type Sums, sumEachChannel } from './by-channel.ts';
import { readLateWeeks, revisionsOf } from './revisions.ts';
import { differenceOf } from './figure.ts';
import { answeredSeries, type RatingSeries, readSeries, type Series } from './series.ts';
import { setAsideOf } from './set-aside.ts';
import { type DayRange, sumTallies, tallySeries } from './tally-sums.ts';

const ROLLING_WEEKS = 13;

/**
 * `item`: whose trend is drawn, by its id, or by `seriesKeyOf` where it was asked on two scales; the global item's unless said otherwise.
 * `channel`: only the answers that came that way.
 */
export const serviceQuerySchema = v.object({
  ...framingQuerySchema.entries,
  item: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  channel: v.exactOptional(v.picklist(CHANNELS, 'must be tablet, phone, paper or web')),
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
  const itemIds = all.map((series) => series.itemId);
  const own = { services: [service], itemIds };
  const { period, compared } = framing;
  const overDays = (days: Days) =>
    sumEachChannel((channels) => sumTallies(store, { ...own, channels, grain: days.grain, ranges: [days] }));
  const nowSums = await overDays(period);
  const tallyNow = (series: Series) => tallyOfAll(nowSums, service, series);
  const isAnswered = (series: Series) => totalOf(tallyNow(series)) > 0;
  const global = answeredSeries(globals, tallyNow);
  const trendItem = chosen ?? global;
  if (global === null || trendItem === null) throw new ProblemError('not-found');
  const weekSums = await sumEachChannel((channels) =>
    tallySeries(store, {
      services: [service],
      itemIds: [global.itemId, trendItem.itemId],
      channels,
      grain: 'week',
      range: weeksUpTo(framing.endWeek, TREND_WEEKS + ROLLING_WEEKS - 1),
    }),
  );
  const channel = query.channel ?? null;
  const now = new ChannelFigures(service, nowSums, channel);
  const then = new ChannelFigures(service, await overDays(compared), channel);
  const weeks = new ChannelFigures(service, weekSums, channel);
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
    channel,
    channels: channelsIn(service, nowSums, global),
    responses: now.responses(),
    comparedResponses: then.responses(),
    coverage: (await readCoverage({ store, clock }, scope, period))(service),
    participation: (await readParticipation(store, [service], period))(service),
    setAside: setAsideOf(nowSums, service, global),
    setAsideWeeks: setAsideWeeksOf(service, global, weekSums, trendDays.from),
    items: shown.map((series) => itemScore(series, now, then)),
    trendItemId: trendItem.itemId,
    trendScaleId: trendItem.kind === 'rating' ? trendItem.scaleId : null,
    trend: trendOf(trendItem, weeks, trendDays.from),
    chart: chartOf(framing.endWeek, (...mondays) => weeks.figure(trendItem, ...mondays)),
    calendar: await readCalendar(store, service.organisationId, daysOfAll(framing)),
    revisions: await revisionsIn(store, service, global, weekSums, trendDays),
  };
}

/** From the first day that anything on the page is of to the last. */
function daysOfAll({ period, compared, trend }: Framing): DayRange {
  const days = [period, compared, trend];
  return {
    from: days.map(({ from }) => from).toSorted()[0] ?? period.from,
    to:
      days
        .map(({ to }) => to)
        .toSorted()
        .at(-1) ?? period.to,
  };
}

function seriesKey(series: Series): string {
  return seriesKeyOf({ itemId: series.itemId, scaleId: series.scaleId === '' ? null : series.scaleId });
}

/** By which ways answers came, each with what may be told of it beside the whole. */
function channelsIn(service: VisibleService, sums: Sums, global: RatingSeries): ServiceDetail['channels'] {
  const told = CHANNELS.flatMap((channel) => {
    const own = new ChannelFigures(service, sums, channel);
    const responses = own.responses();
    return responses === 0 ? [] : [{ channel, responses, figure: own.figure(global) }];
  });
  const [commonest] = told.toSorted((a, b) => b.responses - a.responses);
  return told.map((one) => ({
    ...one,
    difference:
      commonest === undefined || one === commonest ? null : differenceOf(one.figure, commonest.figure),
  }));
}

function itemScore(series: Series, now: ChannelFigures, then: ChannelFigures): ItemScore {
  return {
    itemId: series.itemId,
    stem: series.stem,
    kind: series.kind,
    scaleId: series.kind === 'rating' ? series.scaleId : null,
    isGlobal: series.isGlobal,
    options: [...series.options],
    figure: now.figure(series),
    compared: then.figure(series),
  };
}

function trendOf(series: Series, weeks: ChannelFigures, firstMonday: LocalDate): TrendPoint[] {
  return Array.from({ length: TREND_WEEKS }, (_, index) => {
    const monday = addDays(firstMonday, 7 * index);
    const rolling = Array.from({ length: ROLLING_WEEKS }, (_week, back) => addDays(monday, -7 * back));
    return {
      week: weekOf(monday),
      firstDay: monday,
      responses: weeks.responses(monday),
      figure: weeks.figure(series, monday),
      rolling13: weeks.figure(series, ...rolling),
    };
  });
}

/** The weeks of the trend in which something was set aside, newest first. */
function setAsideWeeksOf(
  service: VisibleService,
  global: RatingSeries,
  weeks: Sums,
  firstMonday: LocalDate,
): SetAsideWeek[] {
  return Array.from({ length: TREND_WEEKS }, (_, index) => addDays(firstMonday, 7 * index))
    .map((monday) => ({ week: weekOf(monday), ...setAsideOf(weeks, service, global, monday) }))
    .filter(({ responses }) => responses > 0)
    .toReversed();
}

function tallyOfAll(
  sums: Sums,
  service: VisibleService,
  series: Series,
  place: number | LocalDate = 0,
): Tally {
  return mergeTallies(
    ...[...sums.values()].map((one) => one.tally(service, series.itemId, series.scaleId, place)),
  );
}

/** Newest first; of all channels together, since what arrived late is not kept apart by them. */
async function revisionsIn(
  store: Store,
  service: VisibleService,
  global: RatingSeries,
  weeks: Sums,
  range: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<Revision[]> {
  const late = await readLateWeeks(store, { services: [service], itemIds: [global.itemId], range });
  return late
    .flatMap((week) => revisionsOf(global, week, tallyOfAll(weeks, service, global, week.weekStartsOn)))
    .toSorted((a, b) => b.revisedOn.localeCompare(a.revisedOn) || b.week.localeCompare(a.week));
}
