import type { Passage } from '../../domain/passages.ts';

/** A text whose hits are marked: each part is given to the page as text, so that nothing in it is ever taken for markup. */
export function HighlightedText({ text, hits }: { text: string; hits: readonly Passage[] }) {
  if (hits.length === 0) return <>{text}</>;
  const parts = [];
  let at = 0;
  for (const { start, end } of hits) {
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}
