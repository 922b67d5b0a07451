import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { MeasureId } from '../../domain/measures.ts';
import type { CalendarEntry } from '../../protocol/calendar.ts';
import { type ControlPoint, seriesKeyOf, type ServiceDetail } from '../../protocol/scores.ts';
import { ChartFiles } from '../charts/chart-files.tsx';
import { TrendChart } from '../charts/trend-chart.tsx';
import type { ControlMark, TrendSeries } from '../charts/trend-series.ts';
import type { ViewHandle } from '../shell/view.ts';
import { formatShortDate } from '../words/format.ts';
import { words } from '../words/words.ts';
import { contrastTexts, entriesText } from './calendar-text.ts';
import { chartTexts } from './chart-finding.ts';
import { formatMeasure } from './measures.ts';
import { periodTextInSentence } from './overview-rows.ts';
import { trendFile } from './trend-file.ts';
import { trendFinding } from './trend-finding.ts';
import { Legend, trendLegend } from './trend-legend.tsx';
import { type TrendRow, trendRows } from './trend-rows.ts';
import { TrendTable } from './trend-table.tsx';

/** The year of one question: what it shows in a sentence, the curve, and the same figures as a table. */
export function TrendSection(props: { detail: ServiceDetail; measureId: MeasureId; handle: ViewHandle }) {
  const { detail, measureId, handle } = props;
  const text = words.scores.service;
  const ratings = detail.items.filter((item) => item.kind === 'rating');
  const trendKey = seriesKeyOf({ itemId: detail.trendItemId, scaleId: detail.trendScaleId });
  const item = ratings.find((candidate) => seriesKeyOf(candidate) === trendKey);
  const rows = useMemo(
    () => trendRows(detail.trend, measureId, detail.chart, detail.calendar),
    [detail.trend, detail.chart, detail.calendar, measureId],
  );
  const chart = measureId === 'share-satisfied' ? detail.chart : null;
  const [finding, ...details] = [...(chart === null ? [] : chartTexts(chart)), trendFinding(rows, measureId)];
  const target = measureId === 'share-satisfied' ? detail.service.target : null;
  const series = useMemo(
    () => seriesOf(rows, measureId, target, chart?.centre ?? null),
    [rows, target, chart],
  );
  const legend = trendLegend({ measureId, target, chart, series });
  return (
    <section class="card stack trend-section">
      <div class="section-head">
        <h2>{text.trend}</h2>
        <label class="trend-item no-print">
          <span class="soft small">{text.trendItem}</span>
          <select value={trendKey} onChange={(event) => handle.go({ item: event.currentTarget.value })}>
            {ratings.map((rating) => (
              <option key={seriesKeyOf(rating)} value={seriesKeyOf(rating)}>
                {rating.stem}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p class="trend-finding">{finding}</p>
      {details.map((detailText) => (
        <p key={detailText}>{detailText}</p>
      ))}
      <ContrastLine detail={detail} handle={handle} />
      <p class="soft small">{item?.stem}</p>
      <Legend entries={legend} />
      <TrendChart series={series} label={text.trendImage(finding)} />
      <ChartFiles
        file={trendFile({ detail, stem: item?.stem ?? '', measureId, finding, rows, series, legend })}
      />
      <PrintedDetails summary={text.trendTable}>
        <TrendTable rows={rows} measureId={measureId} stem={item?.stem ?? ''} />
      </PrintedDetails>
    </section>
  );
}

/** Whether the two periods that are compared were the same kind of days. */
function ContrastLine({ detail, handle }: { detail: ServiceDetail; handle: ViewHandle }) {
  const texts = contrastTexts(detail.calendar, handle.period, handle.comparedPeriod);
  return texts.length === 0 ? null : <p class="soft small">{texts.join(' ')}</p>;
}

/** Folded on screen, unfolded on paper. */
function PrintedDetails(props: { summary: string; children: ComponentChildren }) {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    let wasOpen = false;
    const unfold = () => {
      if (ref.current === null) return;
      wasOpen = ref.current.open;
      ref.current.open = true;
    };
    const restore = () => {
      if (ref.current !== null) ref.current.open = wasOpen;
    };
    addEventListener('beforeprint', unfold);
    addEventListener('afterprint', restore);
    return () => {
      removeEventListener('beforeprint', unfold);
      removeEventListener('afterprint', restore);
    };
  }, []);
  return (
    <details ref={ref} class="details">
      <summary>{props.summary}</summary>
      {props.children}
    </details>
  );
}

function seriesOf(
  rows: readonly TrendRow[],
  measureId: MeasureId,
  target: number | null,
  centre: number | null,
): TrendSeries {
  const scale = measureId === 'share-satisfied' || measureId === 'net-satisfaction' ? 100 : 1;
  const scaled = (value: number | null) => (value === null ? null : value * scale);
  return {
    points: rows.map((row) => ({
      label: `${periodTextInSentence(row.week)} (${formatShortDate(row.firstDay)})`,
      firstDay: row.firstDay,
      weekly: scaled(row.value),
      rolling: scaled(row.rolling),
      low: scaled(row.interval?.low ?? null),
      high: scaled(row.interval?.high ?? null),
      weeklyText:
        row.value === null ? null : `${formatMeasure(measureId, row.value)}, ${words.scores.base(row.base)}`,
      rollingText:
        row.rolling === null
          ? null
          : `${formatMeasure(measureId, row.rolling)}, ${words.scores.base(row.rollingBase)}`,
      events: [...new Set(row.calendar.map(eventOf))],
      eventsText: entriesText(row.calendar),
      control: row.control === null ? null : markOf(row.control),
    })),
    target: scaled(target),
    centre: scaled(centre),
    controlLabel: words.scores.chart.limitsColumn,
    weeklyLabel: words.scores.service.week,
    rollingLabel: words.scores.service.rolling13,
    unit: measureId === 'share-satisfied' ? 'percent' : 'number',
  };
}

/** What the team has marked stands out; school holidays it had to add itself are school holidays. */
function eventOf({ kind }: CalendarEntry): TrendSeries['points'][number]['events'][number] {
  return kind === 'public-holiday' || kind === 'school-holidays' ? kind : 'mark';
}

function markOf({ share, low, high, place, isInRun }: ControlPoint): ControlMark {
  const outside = place === 'inside' ? null : 'outside';
  return {
    share: 100 * share,
    low: 100 * low,
    high: 100 * high,
    mark: outside ?? (isInRun ? 'run' : 'inside'),
    text: words.scores.interval(low, high),
  };
}
