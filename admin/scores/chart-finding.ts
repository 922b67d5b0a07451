import { weekYearAndNumber } from '../../domain/weeks.ts';
import type { ChartEnd, ControlChartView, ControlPoint } from '../../protocol/scores.ts';
import { words } from '../words/words.ts';
import { periodTextInSentence } from './overview-rows.ts';

/** The control chart in a sentence: what its last point says. */
export function chartSentence(
  chart: Pick<ChartEnd, 'finding' | 'centre' | 'weeksPerPoint'>,
  last: ControlPoint,
): string {
  const text = words.scores.chart;
  const { finding } = chart;
  switch (finding.kind) {
    case 'stable':
      return text.stable(placeText(last, chart.weeksPerPoint), chart.weeksPerPoint === 1);
    case 'outside':
      return text.outside[finding.direction](placeText(last, chart.weeksPerPoint), chart.weeksPerPoint === 1);
    case 'run': {
      const span = chart.weeksPerPoint === 1 ? text.weeks(finding.length) : text.fourWeeks(finding.length);
      return text.run[finding.direction](span, chart.centre);
    }
  }
}

/** Everything a chart says in words: the sentence, the figure behind it, and which other points strayed. */
export function chartTexts(chart: ControlChartView): readonly string[] {
  const text = words.scores.chart;
  const last = chart.points.at(-1);
  if (last === undefined) return [text.notEnough];
  const others = chart.points
    .filter((point) => point !== last && point.place !== 'inside')
    .map((point) => placeText(point, chart.weeksPerPoint));
  return [
    chartSentence(chart, last),
    text.detail(last.share, last.base, last.low, last.high),
    ...(others.length === 0 ? [] : [text.others(others)]),
    ...(chart.weeksPerPoint === 1 ? [] : [text.byFour]),
  ];
}

/** « semaine 47 », « semaines 44 à 47 » */
export function placeText(
  { week }: Pick<ControlPoint, 'week'>,
  weeksPerPoint: ChartEnd['weeksPerPoint'],
): string {
  if (weeksPerPoint === 1) return periodTextInSentence(week);
  const { number } = weekYearAndNumber(week);
  // The first weeks of a year belong with the last of the one before: the table has the days.
  const first = number > 3 ? number - 3 : number + 49;
  return words.scores.chart.places(String(first), String(number));
}
