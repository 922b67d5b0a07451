import {
  type ChartFinding,
  chartFinding,
  type ControlChart,
  controlChart,
} from '../../domain/control-chart.ts';
import type { Satisfaction } from '../../domain/signal.ts';
import { mayShowTotal } from '../../domain/small-base.ts';
import { addDays, type LocalDate, weekOf } from '../../domain/weeks.ts';
import type { ChartEnd, ControlChartView } from '../../protocol/scores.ts';
import type { ShareTold } from './figure.ts';

type WeeksPerPoint = ControlChartView['weeksPerPoint'];
type PointView = ControlChartView['points'][number];

/** Weeks taken together, and what may be told of them. */
interface Place {
  readonly mondays: readonly LocalDate[];
  readonly base: number;
  /** null where no share may be told. */
  readonly given: Satisfaction | null;
}

/** A chart before it is written out, point by point. */
interface FoundChart {
  readonly weeksPerPoint: WeeksPerPoint;
  readonly places: readonly Place[];
  readonly chart: ControlChart;
  readonly finding: Exclude<ChartFinding, { kind: 'not-enough' }>;
}

/**
 * The control chart of a year of weeks. It is made from the figures that may be told, so it can tell no more than they: of single weeks
 * where most have a share, and otherwise of four weeks at a time.
 *
 * @param mondays of the weeks, oldest first
 * @param shareOf what may be told of some weeks together, by their Mondays
 */
export function chartOf(
  mondays: readonly LocalDate[],
  shareOf: (...mondays: readonly LocalDate[]) => ShareTold,
): ControlChartView | null {
  const found = findChart(mondays, shareOf);
  if (found === null) return null;
  return { ...headOf(found), points: found.places.flatMap((_place, index) => pointOf(found, index) ?? []) };
}

/** The chart without all but its last point. */
export function chartEndOf(
  mondays: readonly LocalDate[],
  shareOf: (...mondays: readonly LocalDate[]) => ShareTold,
): ChartEnd | null {
  const found = findChart(mondays, shareOf);
  if (found === null) return null;
  const last = pointOf(
    found,
    found.chart.points.findLastIndex((point) => point !== null),
  );
  return last === null ? null : { ...headOf(found), last };
}

function findChart(
  mondays: readonly LocalDate[],
  shareOf: (...mondays: readonly LocalDate[]) => ShareTold,
): FoundChart | null {
  const weeks = mondays.map((monday): Place => ({ mondays: [monday], ...shareOf(monday) }));
  const fours = () => foundIn(4, fourWeeksEach(weeks, shareOf));
  return isWellTold(weeks) ? (foundIn(1, weeks) ?? fours()) : (fours() ?? foundIn(1, weeks));
}

function fourWeeksEach(
  weeks: readonly Place[],
  shareOf: (...mondays: readonly LocalDate[]) => ShareTold,
): readonly Place[] {
  return Array.from({ length: weeks.length / 4 }, (_, index) => {
    const own = weeks.slice(4 * index, 4 * (index + 1));
    const mondays = own.flatMap((week) => week.mondays);
    const { base, given } = shareOf(...mondays);
    // Weeks stand by themselves elsewhere: together they must not give a hidden one away.
    return { mondays, base, given: mayShowTotal(own.map((week) => week.base)) ? given : null };
  });
}

/** Most of the weeks that were answered have a share. */
function isWellTold(weeks: readonly Place[]): boolean {
  return (
    2 * weeks.filter(({ given }) => given !== null).length >= weeks.filter(({ base }) => base > 0).length
  );
}

function foundIn(weeksPerPoint: WeeksPerPoint, places: readonly Place[]): FoundChart | null {
  const chart = controlChart(places.map(({ given }) => given));
  const finding = chartFinding(chart);
  return chart === null || finding.kind === 'not-enough' ? null : { weeksPerPoint, places, chart, finding };
}

function headOf({ weeksPerPoint, chart, finding }: FoundChart): Omit<ControlChartView, 'points'> {
  return { weeksPerPoint, centre: chart.centre, finding };
}

function pointOf({ places, chart }: FoundChart, index: number): PointView | null {
  const mondays = places[index]?.mondays ?? [];
  const [point, first, last] = [chart.points[index], mondays.at(0), mondays.at(-1)];
  if (point == null || first === undefined || last === undefined) return null;
  const { satisfied, base, low, high, place, isInRun } = point;
  const days = { week: weekOf(last), firstDay: first, lastDay: addDays(last, 6) };
  return { ...days, base, share: satisfied / base, low, high, place, isInRun };
}
