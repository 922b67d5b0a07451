import type { Tables } from '../store/tables.ts';

/** The columns of a text on which it depends whether, and how, it may leave. */
export const RELEASE_COLUMNS = [
  'text',
  'hidden_at',
] as const satisfies readonly (keyof Tables['verbatims'])[];

/**
 * The one answer to whether a visitor's text may leave the server for a file, a mail or a page, and as what. Whatever carries texts out asks here.
 *
 * @returns the words as they may leave, or null where they may not
 */
export function releasedText(
  row: Pick<Tables['verbatims'], (typeof RELEASE_COLUMNS)[number]>,
): string | null {
  return row.hidden_at === null ? row.text : null;
}
