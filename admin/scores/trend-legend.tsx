import type { MeasureId } from '../../domain/measures.ts';
import type { ServiceDetail } from '../../protocol/scores.ts';
import type { LegendEntry } from '../charts/chart-file.ts';
import type { TrendSeries } from '../charts/trend-series.ts';
import { formatTarget } from '../words/format.ts';
import { words } from '../words/words.ts';

/** What the marks of the trend stand for; only those that are drawn. */
export function trendLegend(props: {
  measureId: MeasureId;
  target: number | null;
  chart: ServiceDetail['chart'];
  series: TrendSeries;
}): readonly LegendEntry[] {
  const { measureId, target, chart, series } = props;
  const text = words.scores.service;
  const chartText = words.scores.chart.legend;
  const kindText = words.attendance.calendar.kinds;
  const kinds = new Set(series.points.flatMap(({ events }) => events));
  const entry = (isThere: boolean, look: LegendEntry['look'], label: string): readonly LegendEntry[] =>
    isThere ? [{ look, text: label }] : [];
  return [
    { look: 'rolling', text: text.rolling13 },
    ...entry(measureId === 'share-satisfied' && chart === null, 'band', text.band),
    { look: 'weekly', text: text.weekly },
    ...(chart === null
      ? []
      : [
          ...entry(true, 'limits', chartText.limits),
          ...entry(true, 'centre', chartText.centre(chart.centre)),
          ...entry(
            chart.points.some(({ place }) => place !== 'inside'),
            'outside',
            chartText.outside,
          ),
          ...entry(
            chart.points.some(({ isInRun }) => isInRun),
            'run',
            chartText.run,
          ),
        ]),
    ...entry(kinds.has('school-holidays'), 'holidays', kindText['school-holidays']),
    ...entry(kinds.has('public-holiday'), 'holiday', kindText['public-holiday']),
    ...entry(kinds.has('mark'), 'mark', text.marked),
    ...(target === null ? [] : entry(true, 'target', text.targetLine(formatTarget(target)))),
  ];
}

export function Legend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul class="legend small">
      {entries.map(({ look, text }) => (
        <li key={look} class={`legend-${look}`}>
          {text}
        </li>
      ))}
    </ul>
  );
}
