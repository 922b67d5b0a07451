import * as v from 'valibot';
import { type Period, periodBefore, periodToText } from '../../domain/periods.ts';
import { mayShowGroupTotals, mayShowTotal } from '../../domain/small-base.ts';
import { baseOf, mergeTallies, type Tally } from '../../domain/tally.ts';
import { addDays, firstDayOf, type LocalDate } from '../../domain/weeks.ts';
import { COMPARED_BY, type Comparison, type ComparisonPanel } from '../../protocol/comparison.ts';
import { organisationIdSchema, serviceIdSchema } from '../../protocol/identities.ts';
import type { Figure } from '../../protocol/scores.ts';
import type { Clock } from '../clock.ts';
import { placeOf, type VisibleService, visibleServices } from '../people/visible-services.ts';
import { ProblemError } from '../problems.ts';
import type { Scope, Store } from '../store/store.ts';
import { figureOf, NO_FIGURE, totalFigureOf, withheld } from './figure.ts';
import { daysOf, framingOf, framingQuerySchema, periodOfText, TREND_WEEKS, weeksUpTo } from './framing.ts';
import { answeredSeries, type RatingSeries, readSeries } from './series.ts';
import { sumTallies, tallySeries, type TallySums } from './tally-sums.ts';

const WEEKS_PER_POINT = 4;
/** As many as are read at a glance. */
const PERIODS_SHOWN = 8;

export const comparisonQuerySchema = v.object({
  ...framingQuerySchema.entries,
  by: v.optional(v.picklist(COMPARED_BY, 'must be services, sites, items or periods'), 'services'),
  organisation: v.exactOptional(organisationIdSchema),
  service: v.exactOptional(serviceIdSchema),
});
export type ComparisonQuery = v.InferOutput<typeof comparisonQuerySchema>;

/** One service's answers to one question, wherever they are summed. */
interface Part {
  readonly service: VisibleService;
  readonly series: RatingSeries;
}
/** What stands in one panel: one part, or several together. */
interface Panel extends Pick<ComparisonPanel, 'key' | 'label' | 'place' | 'service'> {
  readonly parts: readonly Part[];
}
/** The tally of a part over some days. */
type TallyOf = (part: Part) => Tally;

/**
 * Services, sites, questions or periods side by side, by the share of their answers. Read from the tallies alone.
 *
 * @throws ProblemError `not-found` for a service outside the scope, or where there is nothing to compare
 */
export async function readComparison(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  query: ComparisonQuery,
): Promise<Comparison> {
  const services = (await visibleServices(store.db, scope)).filter(({ status }) => status === 'active');
  const framing = framingOf(query, placeOf(services, clock));
  const seriesOf = await readSeries(store, scope);
  const one = query.by === 'items' || query.by === 'periods' ? serviceAsked(services, query) : null;
  const asked = one === null ? services : [one];
  const ratings = asked.flatMap((service): Part[] => {
    const { current, globals } = seriesOf(service);
    const series = query.by === 'items' ? current.filter((item) => item.kind === 'rating') : globals;
    return series.map((each) => ({ service, series: each }));
  });
  const itemIds = ratings.map(({ series }) => series.itemId);
  const common = { services: asked, itemIds };
  const reply = { ...framing.reply, by: query.by, service: one === null ? null : headOf(one) };
  if (one !== null && query.by === 'periods') {
    const periods = lastPeriods(periodOfText(framing.reply.period));
    const days = periods.map(daysOf);
    const grain = days[0]?.grain ?? 'day';
    const sums = await sumTallies(store, { ...common, grain, ranges: days });
    return { ...reply, panels: periodPanels(one, ratings, periods, sums) };
  }
  const { period, compared } = framing;
  const now = await sumTallies(store, { ...common, grain: period.grain, ranges: [period] });
  const then = await sumTallies(store, { ...common, grain: compared.grain, ranges: [compared] });
  const weeks = await tallySeries(store, {
    ...common,
    grain: 'week',
    range: weeksUpTo(framing.endWeek, TREND_WEEKS),
  });
  const panels = query.by === 'items' ? ratings.map(itemPanel) : servicePanels(asked, ratings, now);
  const shown = query.by === 'sites' ? sitePanels(panels) : panels;
  const blocks = blocksOf(firstDayOf(framing.endWeek));
  const figures = figuresOf(shown, (part) => tallyAt(now, part));
  const before = figuresOf(shown, (part) => tallyAt(then, part));
  const points = blocks.map((mondays) => pointsOf(shown, weeks, mondays));
  return {
    ...reply,
    panels: shown.map((panel, index) => ({
      ...headOfPanel(panel),
      figure: figures[index] ?? NO_FIGURE,
      compared: before[index] ?? NO_FIGURE,
      points: points.flatMap((at) => at[index] ?? []),
    })),
  };
}

function serviceAsked(services: readonly VisibleService[], query: ComparisonQuery): VisibleService {
  const found =
    query.service === undefined
      ? services[0]
      : services.find(
          (service) =>
            service.serviceId === query.service &&
            service.organisationId === (query.organisation ?? service.organisationId),
        );
  if (found === undefined) throw new ProblemError('not-found');
  return found;
}

function headOf({ organisationId, serviceId, serviceName }: VisibleService): Comparison['service'] {
  return { organisationId, serviceId, serviceName };
}

function itemPanel({ service, series }: Part): Panel {
  return {
    key: `${series.itemId}.${series.scaleId}`,
    label: series.stem,
    place: service.serviceName,
    service: { organisationId: service.organisationId, serviceId: service.serviceId },
    parts: [{ service, series }],
  };
}

/** Each service by its global question, on the scale that was answered. */
function servicePanels(
  services: readonly VisibleService[],
  ratings: readonly Part[],
  now: TallySums,
): Panel[] {
  return services.flatMap((service) => {
    const own = ratings.filter((part) => part.service === service).map(({ series }) => series);
    const series = answeredSeries(own, (each) => tallyAt(now, { service, series: each }));
    if (series === null) return [];
    const { organisationId, serviceId, serviceName, siteName } = service;
    return [
      {
        key: `${organisationId}/${serviceId}`,
        label: serviceName,
        place: siteName,
        service: { organisationId, serviceId },
        parts: [{ service, series }],
      },
    ];
  });
}

function sitePanels(panels: readonly Panel[]): Panel[] {
  const sites = new Map<string, Panel>();
  for (const { parts } of panels)
    for (const part of parts) {
      const { organisationId, organisationName, siteName } = part.service;
      const key = `${organisationId}/${siteName}`;
      const known = sites.get(key);
      sites.set(key, {
        key,
        label: siteName,
        place: organisationName,
        service: null,
        parts: [...(known?.parts ?? []), part],
      });
    }
  return [...sites.values()];
}

/** The last periods of one kind, each against the one before it, the newest last. */
function periodPanels(
  service: VisibleService,
  ratings: readonly Part[],
  periods: readonly Period[],
  sums: TallySums,
): ComparisonPanel[] {
  const globals = ratings.map(({ series }) => series);
  const tallyIn = (place: number) => (series: RatingSeries) =>
    sums.tally(service, series.itemId, series.scaleId, place);
  const figureAt = (series: RatingSeries, place: number) =>
    figureOf(series.scale, tallyIn(place)(series), service.target);
  return periods.slice(1).flatMap((period, index) => {
    const series = answeredSeries(globals, tallyIn(index + 1));
    if (series === null) return [];
    const text = periodToText(period);
    const panel: Panel = { key: text, label: text, place: '', service: null, parts: [{ service, series }] };
    return [
      {
        ...headOfPanel(panel),
        figure: figureAt(series, index + 1),
        compared: figureAt(series, index),
        points: [],
      },
    ];
  });
}

function lastPeriods(last: Period): readonly Period[] {
  const periods = [last];
  while (periods.length <= PERIODS_SHOWN) periods.unshift(periodBefore(periods[0] ?? last));
  return periods;
}

function headOfPanel({
  key,
  label,
  place,
  service,
  parts,
}: Panel): Omit<ComparisonPanel, 'figure' | 'compared' | 'points'> {
  const [first] = parts;
  const targets = new Set(parts.map((part) => part.service.target));
  const scales = new Set(parts.map(({ series }) => series.scaleId));
  return {
    key,
    label,
    place,
    service,
    scaleId: scales.size === 1 ? (first?.series.scaleId ?? null) : null,
    target: targets.size === 1 ? (first?.service.target ?? null) : null,
  };
}

/** What may be told of each panel beside the others, the single services and the whole: complementary suppression. */
function figuresOf(panels: readonly Panel[], tallyOf: TallyOf): readonly Figure[] {
  const bases = panels.map(({ parts }) => parts.map((part) => baseOf(part.series.scale, tallyOf(part))));
  const shown = mayShowGroupTotals(bases);
  return panels.map(({ parts }, index) => {
    const figure = totalFigureOf(
      parts.map((part) => ({ scale: part.series.scale, tally: tallyOf(part), target: part.service.target })),
    );
    // A single service stands on its own page as well: what may be told of it there may be told here.
    return parts.length < 2 || shown[index] === true || figure.base === 0
      ? figure
      : withheld(figure.base, 'hidden');
  });
}

/** One point of each panel: four weeks together, held back where it would give one of them away. */
function pointsOf(
  panels: readonly Panel[],
  weeks: TallySums,
  mondays: readonly LocalDate[],
): readonly ComparisonPanel['points'][number][] {
  const [first, last] = [mondays.at(0), mondays.at(-1)];
  if (first === undefined || last === undefined) return [];
  const figures = figuresOf(panels, (part) =>
    mergeTallies(...mondays.map((monday) => tallyAt(weeks, part, monday))),
  );
  return panels.map(({ parts }, index) => {
    const { base, measures } = figures[index] ?? NO_FIGURE;
    const isMixed = parts.every((part) =>
      mayShowTotal(mondays.map((monday) => baseOf(part.series.scale, tallyAt(weeks, part, monday)))),
    );
    return {
      firstDay: first,
      lastDay: addDays(last, 6),
      base,
      share: isMixed ? (measures?.shareSatisfied ?? null) : null,
    };
  });
}

/** The year that ends with a week, four weeks at a time, oldest first. */
function blocksOf(lastMonday: LocalDate): readonly (readonly LocalDate[])[] {
  return Array.from({ length: TREND_WEEKS / WEEKS_PER_POINT }, (_, index) => {
    const weeksBack = TREND_WEEKS - WEEKS_PER_POINT * (index + 1);
    return Array.from({ length: WEEKS_PER_POINT }, (_week, place) =>
      addDays(lastMonday, -7 * (weeksBack + WEEKS_PER_POINT - 1 - place)),
    );
  });
}

function tallyAt(sums: TallySums, { service, series }: Part, place: number | LocalDate = 0): Tally {
  return sums.tally(service, series.itemId, series.scaleId, place);
}
