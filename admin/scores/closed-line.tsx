import { periodToText, type Period } from '../../domain/periods.ts';
import type { Revision } from '../../protocol/scores.ts';
import { formatDate, formatShare } from '../words/format.ts';
import { words } from '../words/words.ts';

/**
 * The figure a week was closed with, where answers came after: it stays what it was, and each day that added to it is dated. Nothing for a
 * week that nothing was added to.
 *
 * @param props.revisions newest first
 */
export function ClosedLine({ period, revisions }: { period: Period; revisions: readonly Revision[] }) {
  const own = revisions.filter(({ week }) => week === periodToText(period)).toReversed();
  const [first] = own;
  const last = own.at(-1);
  if (first === undefined || last === undefined) return null;
  const text = words.scores.closed;
  return (
    <p class="small closed-line">
      {text.frozen(figureText(first.shareBefore, first.baseBefore))}{' '}
      {own.map((revision) => text.added(revision, formatDate(revision.revisedOn))).join(', ')}
      {text.now(figureText(last.shareAfter, last.baseAfter))}
    </p>
  );
}

function figureText(share: number | null, base: number): string {
  return share === null ? words.scores.base(base) : `${formatShare(share)}, ${words.scores.base(base)}`;
}
