import * as v from 'valibot';
import { CHANNELS } from '../../domain/answers.ts';
import { totalOf } from '../../domain/tally.ts';
import { type LocalDate, weekOf } from '../../domain/weeks.ts';
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
import {
  type Days,
  type Framing,
  framingOf,
  framingQuerySchema,
  mondaysIn,
  TREND_WEEKS,
  weeksUpTo,
} from './framing.ts';
import { chartOf } from './charts.ts';
import { ChannelFigures } from './by-channel.ts';
import { readLateWeeks, revisionsOf } from './revisions.ts';
import { differenceOf } from './figure.ts';
import { answeredSeries, type RatingSeries, readSeries, type Series } from './series.ts';
import { setAsideOf } from './set-aside.ts';
import { type DayRange, sumTallies, tallySeries, type TallySums } from './tally-sums.ts';

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
  const overDays = async (days: Days) => sumTallies(store, { ...own, grain: days.grain, ranges: [days] });
  const nowSums = await overDays(period);
  const tallyNow = (series: Series) => nowSums.tally(service, series.itemId, series.scaleId);
  const isAnswered = (series: Series) => totalOf(tallyNow(series)) > 0;
  const global = answeredSeries(globals, tallyNow);
  const trendItem = chosen ?? global;
  if (global === null || trendItem === null) throw new ProblemError('not-found');
  const weeksRead = weeksUpTo(framing.endWeek, TREND_WEEKS + ROLLING_WEEKS - 1);
  const weekSums = await tallySeries(store, {
    services: [service],
    itemIds: [global.itemId, trendItem.itemId],
    grain: 'week',
    range: weeksRead,
  });
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
  const mondays = mondaysIn(weeksRead);
  const trendMondays = mondays.slice(-TREND_WEEKS);
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
    setAsideWeeks: setAsideWeeksOf(service, global, weekSums, trendMondays),
    items: shown.map((series) => itemScore(series, now, then)),
    trendItemId: trendItem.itemId,
    trendScaleId: trendItem.kind === 'rating' ? trendItem.scaleId : null,
    trend: trendOf(trendItem, weeks, mondays),
    chart: chartOf(trendMondays, (...places) => weeks.share(trendItem, ...places)),
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
function channelsIn(
  service: VisibleService,
  sums: TallySums,
  global: RatingSeries,
): ServiceDetail['channels'] {
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

/** @param mondays of the weeks shown, and before them of those that only the rolling figures reach */
function trendOf(series: Series, weeks: ChannelFigures, mondays: readonly LocalDate[]): TrendPoint[] {
  return mondays.slice(ROLLING_WEEKS - 1).map((monday, index) => ({
    week: weekOf(monday),
    firstDay: monday,
    responses: weeks.responses(monday),
    figure: weeks.figure(series, monday),
    rolling13: weeks.figure(series, ...mondays.slice(index, index + ROLLING_WEEKS)),
  }));
}

/** The weeks in which something was set aside, newest first. */
function setAsideWeeksOf(
  service: VisibleService,
  global: RatingSeries,
  weeks: TallySums,
  mondays: readonly LocalDate[],
): SetAsideWeek[] {
  return mondays
    .filter((monday) => weeks.setAside(service, monday) > 0)
    .map((monday) => ({ week: weekOf(monday), ...setAsideOf(weeks, service, global, monday) }))
    .toReversed();
}

/** Newest first; of all channels together, since what arrived late is not kept apart by them. */
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
    .toSorted((a, b) => (`${a.revisedOn} ${a.week}` < `${b.revisedOn} ${b.week}` ? 1 : -1));
}
