import type { CoverageGapView, CoverageView } from '../../protocol/coverage.ts';
import { formatDate, formatWeekday } from '../words/format.ts';
import { words } from '../words/words.ts';

/** How much of the opening the figures cover, and when nobody could answer. */
export function Coverage({ coverage, gapsShown }: { coverage: CoverageView | null; gapsShown: number }) {
  const text = words.scores.coverage;
  if (coverage === null) return null;
  const gaps = gapTexts(coverage.gaps);
  const left = gaps.length - gapsShown + coverage.otherGaps;
  return (
    <div class="coverage small">
      <p>
        {text.line(coverage.aliveMinutes, coverage.openMinutes)}
        {coverage.measuredFrom !== null && ` ${text.measuredFrom(formatDate(coverage.measuredFrom))}`}
      </p>
      {gaps.length > 0 && (
        <ul class="coverage-gaps">
          {gaps.slice(0, gapsShown).map((gap) => (
            <li key={gap}>{gap}</li>
          ))}
          {left > 0 && <li>{text.otherGaps(left)}</li>}
        </ul>
      )}
    </div>
  );
}

/** A day without any sign of life is named once, whatever its hours. */
export function gapTexts(gaps: readonly CoverageGapView[]): readonly string[] {
  const text = words.scores.coverage;
  const isOnePoint = new Set(gaps.map(({ pointName }) => pointName)).size === 1;
  const lines = gaps.map(({ date, from, to, isWholeDay, pointName }) => {
    const day = formatWeekday(date);
    const gap = isWholeDay ? text.wholeDay(day) : text.gap(day, from, to);
    return isOnePoint ? gap : text.atPoint(gap, pointName);
  });
  return [...new Set(lines)];
}
