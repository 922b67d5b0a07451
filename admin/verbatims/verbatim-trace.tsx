import type { Verbatim } from '../../protocol/verbatims.ts';
import { useSession, useShell } from '../shell/session.tsx';
import { formatAgo } from '../words/format.ts';
import { words } from '../words/words.ts';

/** Who has read a text, and who has decided what about it. */
export function VerbatimTrace({ verbatim }: { verbatim: Verbatim }) {
  const { now } = useShell();
  const { timeZone } = useSession();
  const { hidden, released, masked, original, readAt, readBy } = verbatim;
  const ago = (instant: string) => formatAgo(instant, now(), timeZone);
  const lines: string[] = [];
  if (readAt !== null && hidden === null)
    lines.push(readBy === null ? words.verbatims.read : words.verbatims.readBy(readBy, ago(readAt)));
  if (released !== null) lines.push(words.moderation.releasedBy(released.by, ago(released.at)));
  if (hidden !== null)
    lines.push(words.moderation.hiddenBy(hidden.by, ago(hidden.at), hidden.category, hidden.reason));
  if (masked !== null && original?.masks.length !== 0)
    lines.push(words.moderation.maskedBy(masked.by, ago(masked.at)));
  return (
    <>
      {lines.map((line) => (
        <p key={line} class="soft small verbatim-trace">
          {line}
        </p>
      ))}
    </>
  );
}
