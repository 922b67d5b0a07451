import type { Mask } from '../../domain/masking.ts';
import { words } from '../words/words.ts';

/** The text as it was written, its masked passages struck and its proposals underlined; words say both to who cannot see it. */
export function MaskedParts(props: { text: string; masks: readonly Mask[]; proposals: readonly Mask[] }) {
  const passages = [
    ...props.masks.map((mask) => ({ ...mask, isMasked: true })),
    ...props.proposals.map((mask) => ({ ...mask, isMasked: false })),
  ].toSorted((a, b) => a.start - b.start);
  const parts = [];
  let at = 0;
  for (const { start, end, isMasked } of passages) {
    const passage = props.text.slice(start, end);
    parts.push(
      props.text.slice(at, start),
      isMasked ? (
        <del key={start}>{passage}</del>
      ) : (
        <mark key={start} class="proposal" title={words.moderation.proposalsHeading}>
          {passage}
        </mark>
      ),
    );
    at = end;
  }
  parts.push(props.text.slice(at));
  return <>{parts}</>;
}
