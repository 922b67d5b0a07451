import { addDays } from '../../domain/weeks.ts';
import type { MeasureId } from '../../domain/measures.ts';
import { WideTable } from '../components/wide-table.tsx';
import { formatCount, formatDateRange } from '../words/format.ts';
import { words } from '../words/words.ts';
import { entriesText } from './calendar-text.ts';
import { formatMeasure } from './measures.ts';
import { periodTextInSentence } from './overview-rows.ts';
import type { TrendRow } from './trend-rows.ts';

/** The figures of the curve, newest first. */
export function TrendTable(props: { rows: readonly TrendRow[]; measureId: MeasureId; stem: string }) {
  const { measureId } = props;
  const text = words.scores;
  const measure = text.measures[measureId];
  const hasCalendar = props.rows.some((row) => row.calendar.length > 0);
  const hasChart = props.rows.some((row) => row.control !== null);
  const value = (shown: number | null) => (shown === null ? '–' : formatMeasure(measureId, shown));
  return (
    <WideTable label={text.service.trendTable}>
      <table class="table table-tight">
        <caption>{text.service.trendCaption(measure, props.stem)}</caption>
        <thead>
          <tr>
            <th scope="col">{text.service.week}</th>
            <th scope="col">{text.service.days}</th>
            <th scope="col" class="number">
              {text.service.answersColumn}
            </th>
            <th scope="col" class="number">
              {measure}
            </th>
            <th scope="col" class="number">
              {text.overview.baseColumn}
            </th>
            <th scope="col" class="number">
              {text.service.rolling13Column}
            </th>
            {measureId === 'share-satisfied' && (
              <th scope="col" class="number">
                {text.overview.intervalColumn}
              </th>
            )}
            <th scope="col" class="number">
              {text.overview.baseColumn}
            </th>
            {hasChart && (
              <>
                <th scope="col" class="number">
                  {text.chart.limitsColumn}
                </th>
                <th scope="col">{text.chart.placeColumn}</th>
              </>
            )}
            {hasCalendar && <th scope="col">{words.attendance.calendar.column}</th>}
          </tr>
        </thead>
        <tbody>
          {props.rows.toReversed().map((row) => (
            <tr key={row.week}>
              <th scope="row">{periodTextInSentence(row.week)}</th>
              <td>{formatDateRange(row.firstDay, addDays(row.firstDay, 6))}</td>
              <td class="number">{formatCount(row.responses)}</td>
              <td class="number">{value(row.value)}</td>
              <td class="number">{formatCount(row.base)}</td>
              <td class="number">{value(row.rolling)}</td>
              {measureId === 'share-satisfied' && (
                <td class="number">
                  {row.interval === null ? '–' : text.interval(row.interval.low, row.interval.high)}
                </td>
              )}
              <td class="number">{formatCount(row.rollingBase)}</td>
              {hasChart && <ControlCells control={row.control} />}
              {hasCalendar && <td>{entriesText(row.calendar)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

function ControlCells({ control }: { control: TrendRow['control'] }) {
  const text = words.scores;
  if (control === null)
    return (
      <>
        <td class="number">–</td>
        <td>–</td>
      </>
    );
  const place = text.chart.place[control.place];
  return (
    <>
      <td class="number">{text.interval(control.low, control.high)}</td>
      <td>{control.isInRun ? `${place}, ${text.chart.inRun}` : place}</td>
    </>
  );
}
