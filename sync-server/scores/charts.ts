import { chartFinding, controlChart } from '../../domain/control-chart.ts';
import type { Satisfaction } from '../../domain/signal.ts';
import { mayShowTotal } from '../../domain/small-base.ts';
import { addDays, firstDayOf, type IsoWeek, type LocalDate, weekOf } from '../../domain/weeks.ts';
import type { ChartEnd, ControlChartView, Figure } from '../../protocol/scores.ts';
import { TREND_WEEKS } from './framing.ts';

type WeeksPerPoint = ControlChartView['weeksPerPoint'];

/** Weeks taken together, and what may be told of them. */
interface Place {
  readonly mondays: readonly LocalDate[];
  readonly base: number;
  /** null where no share may be told. */
  readonly given: Satisfaction | null;
}

/**
 * The control chart of the weeks that end with one. It is made from the figures that may be told, so it can tell no more than they: of single weeks
 * where most have a share, and otherwise of four weeks at a time.
 *
 * @param figureOf what may be told of some weeks together, by their Mondays
 */
export function chartOf(
  endWeek: IsoWeek,
  figureOf: (...mondays: readonly LocalDate[]) => Figure,
): ControlChartView | null {
  const weeks = placesOf(endWeek, 1, figureOf);
  if (isWellTold(weeks)) return viewOf(1, weeks) ?? viewOf(4, placesOf(endWeek, 4, figureOf));
  return viewOf(4, placesOf(endWeek, 4, figureOf)) ?? viewOf(1, weeks);
}

/** The chart without all but its last point. */
export function chartEndOf(chart: ControlChartView | null): ChartEnd | null {
  const last = chart?.points.at(-1);
  if (chart === null || last === undefined) return null;
  const { points: _points, ...head } = chart;
  return { ...head, last };
}

function placesOf(
  endWeek: IsoWeek,
  weeksPerPoint: WeeksPerPoint,
  figureOf: (...mondays: readonly LocalDate[]) => Figure,
): readonly Place[] {
  const end = firstDayOf(endWeek);
  const count = TREND_WEEKS / weeksPerPoint;
  return Array.from({ length: count }, (_, index) => {
    const last = addDays(end, -7 * weeksPerPoint * (count - 1 - index));
    const mondays = Array.from({ length: weeksPerPoint }, (_week, place) =>
      addDays(last, -7 * (weeksPerPoint - 1 - place)),
    );
    const { base, measures } = figureOf(...mondays);
    // Weeks stand by themselves elsewhere: together they must not give a hidden one away.
    const isTold =
      measures !== null &&
      (weeksPerPoint === 1 || mayShowTotal(mondays.map((monday) => figureOf(monday).base)));
    return {
      mondays,
      base,
      given: isTold ? { satisfied: Math.round(measures.shareSatisfied * base), base } : null,
    };
  });
}

/** Most of the weeks that were answered have a share. */
function isWellTold(weeks: readonly Place[]): boolean {
  return (
    2 * weeks.filter(({ given }) => given !== null).length >= weeks.filter(({ base }) => base > 0).length
  );
}

function viewOf(weeksPerPoint: WeeksPerPoint, places: readonly Place[]): ControlChartView | null {
  const chart = controlChart(places.map(({ given }) => given));
  const finding = chartFinding(chart);
  if (chart === null || finding.kind === 'not-enough') return null;
  const points = places.flatMap(({ mondays }, index) => {
    const [point, first, last] = [chart.points[index], mondays.at(0), mondays.at(-1)];
    if (point == null || first === undefined || last === undefined) return [];
    const { satisfied, base, low, high, place, isInRun } = point;
    const days = { week: weekOf(last), firstDay: first, lastDay: addDays(last, 6) };
    return [{ ...days, base, share: satisfied / base, low, high, place, isInRun }];
  });
  return { weeksPerPoint, centre: chart.centre, finding, points };
}
