import type { MeasureId } from '../../domain/measures.ts';
import { formatMonth, formatShare } from '../words/format.ts';
import { words } from '../words/words.ts';
import { formatMeasure } from './measures.ts';
import { periodTextInSentence } from './overview-rows.ts';
import type { TrendRow } from './trend-rows.ts';

type Told = TrendRow & { readonly rolling: number; readonly interval: { low: number; high: number } };

/**
 * The trend in a sentence. A rise or a fall is only told where the intervals of its two ends do not overlap, which is more careful
 * than a test at 5 %.
 */
export function trendFinding(rows: readonly TrendRow[], measureId: MeasureId): string {
  const text = words.scores.trendFinding;
  const told = rows.filter((row) => row.rolling !== null);
  const [first, last] = [told.at(0), told.at(-1)];
  if (first?.rolling == null || last?.rolling == null) return text.nothing;
  if (measureId !== 'share-satisfied') {
    return text.values(
      words.scores.measures[measureId],
      formatMonth(first.firstDay.slice(0, 7)),
      formatMeasure(measureId, first.rolling),
      formatMeasure(measureId, last.rolling),
    );
  }
  const shares = told.filter((row): row is Told => row.interval !== null);
  const [start, end] = [shares.at(0), shares.at(-1)];
  if (start === undefined || end === undefined || start === end)
    return text.now(formatShare(last.rolling), words.scores.base(last.rollingBase));
  return `${changeText(start, end)}${dipText(shares, end)}`;
}

function changeText(start: Told, end: Told): string {
  const text = words.scores.trendFinding;
  const since = formatMonth(start.firstDay.slice(0, 7));
  const [from, to] = [formatShare(start.rolling), formatShare(end.rolling)];
  if (end.interval.low > start.interval.high) return text.up(since, from, to);
  if (end.interval.high < start.interval.low) return text.down(since, from, to);
  return text.stable(since, from, to);
}

/** A hollow that the end stands clearly above, and some week before it too. */
function dipText(shares: readonly Told[], end: Told): string {
  const lowest = shares.reduce((low, row) => (row.rolling < low.rolling ? row : low), end);
  const before = shares.slice(0, shares.indexOf(lowest));
  const isDip =
    lowest.interval.high < end.interval.low && before.some((row) => row.interval.low > lowest.interval.high);
  if (!isDip) return '';
  return ` ${words.scores.trendFinding.dip(periodTextInSentence(lowest.week), formatShare(lowest.rolling))}`;
}
