import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { MeasureId } from '../../domain/measures.ts';
import type { CalendarEntry } from '../../protocol/calendar.ts';
import { type ControlPoint, seriesKeyOf, type ServiceDetail } from '../../protocol/scores.ts';
import { TrendChart } from '../charts/trend-chart.tsx';
import type { ControlMark, TrendSeries } from '../charts/trend-series.ts';
import type { ViewHandle } from '../shell/view.ts';
import { formatShortDate, formatTarget } from '../words/format.ts';
import { words } from '../words/words.ts';
import { contrastTexts, entriesText } from './calendar-text.ts';
import { chartTexts } from './chart-finding.ts';
import { formatMeasure } from './measures.ts';
import { periodTextInSentence } from './overview-rows.ts';
import { trendFinding } from './trend-finding.ts';
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
      <Legend measureId={measureId} target={target} chart={chart} rows={rows} />
      <TrendChart series={series} label={text.trendImage(finding)} />
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

function Legend(props: {
  measureId: MeasureId;
  target: number | null;
  chart: ServiceDetail['chart'];
  rows: readonly TrendRow[];
}) {
  const { measureId, target, chart } = props;
  const text = words.scores.service;
  const chartText = words.scores.chart.legend;
  const kindText = words.attendance.calendar.kinds;
  const kinds = new Set(props.rows.flatMap((row) => row.calendar.map(eventOf)));
  return (
    <ul class="legend small">
      <li class="legend-rolling">{text.rolling13}</li>
      {measureId === 'share-satisfied' && chart === null && <li class="legend-band">{text.band}</li>}
      <li class="legend-weekly">{text.weekly}</li>
      {chart !== null && (
        <>
          <li class="legend-limits">{chartText.limits}</li>
          <li class="legend-centre">{chartText.centre(chart.centre)}</li>
          {chart.points.some(({ place }) => place !== 'inside') && (
            <li class="legend-outside">{chartText.outside}</li>
          )}
          {chart.points.some(({ isInRun }) => isInRun) && <li class="legend-run">{chartText.run}</li>}
        </>
      )}
      {kinds.has('school-holidays') && <li class="legend-holidays">{kindText['school-holidays']}</li>}
      {kinds.has('public-holiday') && <li class="legend-holiday">{kindText['public-holiday']}</li>}
      {kinds.has('mark') && <li class="legend-mark">{words.scores.service.marked}</li>}
      {target !== null && <li class="legend-target">{text.targetLine(formatTarget(target))}</li>}
    </ul>
  );
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
