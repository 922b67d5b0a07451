import type { Scale } from '../../domain/scales.ts';
import { disclosureOf } from '../../domain/small-base.ts';
import { type Satisfaction, type Signal, signalBetween } from '../../domain/signal.ts';
import { baseOf, mergeTallies, satisfiedCount, type Tally } from '../../domain/tally.ts';
import { firstDayOf, type LocalDate } from '../../domain/weeks.ts';
import type { Overview, Revision, ServiceScore } from '../../protocol/scores.ts';
import type { Clock } from '../clock.ts';
import { readCoverage } from '../coverage/read-coverage.ts';
import { readTablets, type ServiceTablet } from '../fleet/tablets.ts';
import { readParticipation } from '../participation/read-participation.ts';
import { placeOf, type VisibleService, visibleServices } from '../people/visible-services.ts';
import type { Scope, Store } from '../store/store.ts';
import { unreadCounts } from '../verbatims/unread-counts.ts';
import { chartEndOf } from './charts.ts';
import { figureOf, NO_FIGURE, shareTold, totalFigureOf } from './figure.ts';
import { type Framing, framingOf, type FramingQuery, mondaysIn } from './framing.ts';
import { type LateWeek, readLateWeeks, revisionsOf } from './revisions.ts';
import { answeredSeries, type RatingSeries, readSeries } from './series.ts';
import { setAsideOf, totalSetAsideOf } from './set-aside.ts';
import { sumTallies, tallySeries, type TallySums } from './tally-sums.ts';

type Deps = { readonly store: Store; readonly clock: Clock };

/** Everything the overview is made of, read in a fixed number of queries whatever the number of services. */
interface Reading {
  readonly framing: Framing;
  readonly current: TallySums;
  readonly compared: TallySums;
  /** Each week of the trend, and the 13 before the period, by its Monday. */
  readonly weeks: TallySums;
  /** Of the weeks that are looked at together. */
  readonly mondays: Readonly<Record<'trend' | 'rolling4' | 'rolling13' | 'before13', readonly LocalDate[]>>;
  readonly late: readonly LateWeek[];
  readonly tablets: readonly ServiceTablet[];
  readonly coverage: Awaited<ReturnType<typeof readCoverage>>;
  readonly participation: Awaited<ReturnType<typeof readParticipation>>;
  readonly unread: (service: VisibleService) => number;
}
/** Each service's figures for a period, and all of them together. Read from the tallies alone. */
export async function readOverview(deps: Deps, scope: Scope, query: FramingQuery): Promise<Overview> {
  const { store } = deps;
  const services = await visibleServices(store.db, scope);
  const framing = framingOf(query, placeOf(services, deps.clock));
  const seriesOf = await readSeries(store, scope);
  const globals = services.map((service) => ({ service, globals: seriesOf(service).globals }));
  const itemIds = globals.flatMap((one) => one.globals.map(({ itemId }) => itemId));
  const { period, compared, trend, rolling4, rolling13, before13 } = framing;
  const reading: Reading = {
    framing,
    current: await sumTallies(store, { services, itemIds, grain: period.grain, ranges: [period] }),
    compared: await sumTallies(store, { services, itemIds, grain: compared.grain, ranges: [compared] }),
    weeks: await tallySeries(store, {
      services,
      itemIds,
      grain: 'week',
      range: {
        from: before13.from < trend.from ? before13.from : trend.from,
        to: before13.to > trend.to ? before13.to : trend.to,
      },
    }),
    mondays: {
      trend: mondaysIn(trend),
      rolling4: mondaysIn(rolling4),
      rolling13: mondaysIn(rolling13),
      before13: mondaysIn(before13),
    },
    late:
      period.grain === 'week' && !framing.reply.isOpen
        ? await readLateWeeks(store, { services, itemIds, range: period })
        : [],
    tablets: await readTablets(deps, scope),
    coverage: await readCoverage(deps, scope, period),
    participation: await readParticipation(store, services, period),
    unread: await unreadCounts(store, scope, period),
  };
  const asked = globals.map((one) => ({
    service: one.service,
    series: answeredSeries(one.globals, (series) => tallyOf(reading.current, one.service, series)),
  }));
  return {
    ...framing.reply,
    services: asked.map(({ service, series }) => serviceScore(service, series, reading)),
    total: totalOf(asked, reading),
  };
}

function serviceScore(service: VisibleService, series: RatingSeries | null, reading: Reading): ServiceScore {
  const { mondays, current, compared, weeks } = reading;
  const { timeZone: _zone, isDemonstration: _isDemonstration, ...head } = service;
  const told = (tallyIn: (series: RatingSeries) => Tally) =>
    series === null ? NO_FIGURE : figureOf(series.scale, tallyIn(series), service.target);
  return {
    ...head,
    responses: current.responses(service),
    comparedResponses: compared.responses(service),
    phoneResponses: current.ofChannel('phone').responses(service),
    scaleId: series?.scaleId ?? null,
    setAside: setAsideOf(current, service, series),
    figure: told((one) => tallyOf(current, service, one)),
    compared: told((one) => tallyOf(compared, service, one)),
    rolling4: told((one) => tallyAt(weeks, service, one, mondays.rolling4)),
    rolling13: told((one) => tallyAt(weeks, service, one, mondays.rolling13)),
    signal:
      series === null
        ? { kind: 'not-enough' }
        : signalOf(
            series.scale,
            tallyOf(current, service, series),
            tallyAt(weeks, service, series, mondays.before13),
          ),
    chart: series === null ? null : weeklyChart(service, series, reading),
    coverage: reading.coverage(service),
    participation: reading.participation(service),
    unreadVerbatims: reading.unread(service),
    revision: lastRevision(service, series, reading),
    tablets: reading.tablets
      .filter(
        ({ serviceId, state }) =>
          serviceId === service.serviceId &&
          state.organisationId === service.organisationId &&
          state.revokedAt === null,
      )
      .map(({ state: { enrolmentId, pointName, lastSeenAt, outboxDepth, isSilent } }) => ({
        enrolmentId,
        pointName,
        lastSeenAt,
        outboxDepth,
        isSilent,
      })),
  };
}

/** Where either side is hidden nothing is said: p is worked out from the very counts that are held back. */
function signalOf(scale: Scale, recent: Tally, before: Tally): Signal {
  const sides = [recent, before].map((tally): Satisfaction => {
    return { satisfied: satisfiedCount(scale, tally), base: baseOf(scale, tally) };
  });
  const [recentSide, beforeSide] = sides;
  if (recentSide === undefined || beforeSide === undefined) return { kind: 'not-enough' };
  const isHidden = sides.some(({ base }) => ['none', 'hidden'].includes(disclosureOf(base)));
  return isHidden ? { kind: 'not-enough' } : signalBetween(recentSide, beforeSide);
}

function weeklyChart(
  service: VisibleService,
  series: RatingSeries,
  { weeks, mondays }: Reading,
): ServiceScore['chart'] {
  return chartEndOf(mondays.trend, (...places) =>
    shareTold(series.scale, tallyAt(weeks, service, series, places)),
  );
}

function lastRevision(
  service: VisibleService,
  series: RatingSeries | null,
  { late, current, framing }: Reading,
): Revision | null {
  if (series === null) return null;
  const week = late.find(
    (one) =>
      one.service.serviceId === service.serviceId &&
      one.service.organisationId === service.organisationId &&
      one.weekStartsOn === firstDayOf(framing.reply.period),
  );
  if (week === undefined) return null;
  return revisionsOf(series, week, tallyOf(current, service, series)).at(-1) ?? null;
}

/** Services in preparation are not part of the whole. */
function totalOf(
  asked: readonly { readonly service: VisibleService; readonly series: RatingSeries | null }[],
  { mondays, current, weeks }: Reading,
): Overview['total'] {
  const active = asked.filter(({ service }) => service.status === 'active');
  const figure = (tallyIn: (service: VisibleService, series: RatingSeries) => Tally) =>
    totalFigureOf(
      active.flatMap(({ service, series }) =>
        series === null
          ? []
          : [{ scale: series.scale, tally: tallyIn(service, series), target: service.target }],
      ),
    );
  return {
    responses: active.reduce((sum, { service }) => sum + current.responses(service), 0),
    setAside: totalSetAsideOf(current, active),
    figure: figure((service, series) => tallyOf(current, service, series)),
    rolling4: figure((service, series) => tallyAt(weeks, service, series, mondays.rolling4)),
    rolling13: figure((service, series) => tallyAt(weeks, service, series, mondays.rolling13)),
  };
}

function tallyOf(sums: TallySums, service: VisibleService, series: RatingSeries): Tally {
  return sums.tally(service, series.itemId, series.scaleId);
}

function tallyAt(
  weeks: TallySums,
  service: VisibleService,
  { itemId, scaleId }: RatingSeries,
  mondays: readonly LocalDate[],
): Tally {
  const tallies = mondays.map((monday) => weeks.tally(service, itemId, scaleId, monday));
  const [only] = tallies;
  return only !== undefined && tallies.length === 1 ? only : mergeTallies(...tallies);
}
