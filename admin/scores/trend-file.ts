import { parsePeriod } from '../../domain/periods.ts';
import type { MeasureId } from '../../domain/measures.ts';
import { addDays } from '../../domain/weeks.ts';
import type { ServiceDetail } from '../../protocol/scores.ts';
import {
  type ChartCell,
  type ChartColumn,
  type ChartFile,
  chartFileName,
  type LegendEntry,
} from '../charts/chart-file.ts';
import type { TrendSeries } from '../charts/trend-series.ts';
import { periodTitle } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import { entriesText } from './calendar-text.ts';
import { periodTextInSentence } from './overview-rows.ts';
import type { TrendRow } from './trend-rows.ts';

const HEIGHT_PX = 420;

/** The curve of a year as its picture and its data: the figures of the table beside it, and no others. */
export function trendFile(props: {
  detail: ServiceDetail;
  stem: string;
  measureId: MeasureId;
  finding: string;
  rows: readonly TrendRow[];
  series: TrendSeries;
  legend: readonly LegendEntry[];
}): ChartFile {
  const { detail, stem, measureId, finding, rows, series, legend } = props;
  const files = words.chartFiles;
  const { serviceName } = detail.service;
  const period = parsePeriod(detail.period);
  const last = rows.at(-1);
  const columns = columnsOf(measureId);
  return {
    fileName: chartFileName(serviceName, finding, detail.period),
    title: finding,
    lines: [
      `${serviceName} – ${period.ok ? periodTitle(period.value) : detail.period}`,
      `${words.scores.measures[measureId]}${stem === '' ? '' : `, ${stem}`}`,
      ...(last === undefined
        ? []
        : [`${words.scores.service.rolling13}, ${words.scores.base(last.rollingBase)}`]),
    ],
    isDemonstration: detail.isDemonstration,
    notes: [`${files.volunteers} Parvis.`],
    legend,
    height: HEIGHT_PX,
    draw: async () => {
      const { trendPicture } = await import('../charts/draw-trend.ts');
      return trendPicture(series);
    },
    columns: columns.map(({ column }) => column),
    rows: rows.map((row) => columns.map(({ value }) => value(row, detail))),
  };
}

interface TrendColumn {
  readonly column: ChartColumn;
  readonly value: (row: TrendRow, detail: ServiceDetail) => ChartCell;
}

function columnsOf(measureId: MeasureId): readonly TrendColumn[] {
  const files = words.chartFiles;
  const names = files.columns;
  const measure = words.scores.measures[measureId];
  const isShare = measureId === 'share-satisfied';
  const of = (name: string, kind: ChartColumn['kind'], value: TrendColumn['value']): TrendColumn => ({
    column: { name: kind === 'share' ? files.percent(name) : name, kind },
    value,
  });
  // Net satisfaction is told in points, which are hundredths like percent.
  const kind = isShare || measureId === 'net-satisfaction' ? 'share' : 'decimal';
  return [
    of(names.week, 'text', ({ week }) => periodTextInSentence(week)),
    of(names.from, 'day', ({ firstDay }) => firstDay),
    of(names.to, 'day', ({ firstDay }) => addDays(firstDay, 6)),
    of(names.responses, 'count', ({ responses }) => responses),
    of(measure, kind, ({ value }) => value),
    of(names.base, 'count', ({ base }) => base),
    of(files.why, 'text', ({ value, base }) =>
      value !== null ? null : base === 0 ? files.nothing : files.tooFew,
    ),
    of(`${measure}, ${names.rolling}`, kind, ({ rolling }) => rolling),
    of(names.rollingBase, 'count', ({ rollingBase }) => rollingBase),
    ...(isShare
      ? [
          of(names.low, 'share', ({ interval }) => interval?.low ?? null),
          of(names.high, 'share', ({ interval }) => interval?.high ?? null),
          of(names.limitLow, 'share', ({ control }) => control?.low ?? null),
          of(names.limitHigh, 'share', ({ control }) => control?.high ?? null),
          of(names.place, 'text', ({ control }) =>
            control === null ? null : words.scores.chart.place[control.place],
          ),
          of(names.target, 'share', (_row, { service }) => service.target),
        ]
      : []),
    of(names.calendar, 'text', ({ calendar }) => entriesText(calendar)),
    of(files.demonstrationColumn, 'text', (_row, { isDemonstration }) =>
      isDemonstration ? files.demonstrationValue : files.no,
    ),
  ];
}
