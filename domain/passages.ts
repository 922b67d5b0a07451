/** A part of a text, in UTF-16 code units. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

/**
 * The passages of a text that a pattern finds.
 *
 * @param isMeant refuses what only looks like it
 */
export function passagesOf(
  text: string,
  pattern: RegExp,
  isMeant: (written: string, start: number) => boolean = () => true,
): readonly Passage[] {
  return [...text.matchAll(pattern)]
    .filter(({ 0: written, index }) => isMeant(written, index))
    .map(({ 0: written, index }) => ({ start: index, end: index + written.length }));
}
