import { maskedText } from '../../domain/masking.ts';
import type { Tables } from '../store/tables.ts';
import { masksOf } from './masks.ts';

/** The columns of a text on which it depends whether, and how, it may leave. */
export const RELEASE_COLUMNS = [
  'text',
  'released_at',
  'masks',
] as const satisfies readonly (keyof Tables['verbatims'])[];

/**
 * The one answer to whether a visitor's text may leave the server for a file, a mail or a page, and as what. Whatever carries texts out asks here.
 *
 * @returns the words as they may leave: released by somebody, and what is masked in them masked; null where they may not
 */
export function releasedText({
  text,
  released_at,
  masks,
}: Pick<Tables['verbatims'], (typeof RELEASE_COLUMNS)[number]>): string | null {
  return released_at === null ? null : maskedText(text, masksOf(masks));
}
