import type { Verbatim } from '../../protocol/verbatims.ts';
import type { Scope, Store } from '../store/store.ts';
import { readVerbatims } from './read-verbatims.ts';
import { outsider } from './readers.ts';
import type { VerbatimFilter } from './verbatim-filter.ts';

/**
 * The texts of a list as they may leave ({@link releasedText}): those that somebody has released, with what is masked in them masked, whatever
 * the reader may see on screen.
 */
export async function readReleased(
  store: Pick<Store, 'db'>,
  scope: Scope,
  filter: VerbatimFilter,
): Promise<readonly Verbatim[]> {
  const released = { ...filter, moderation: 'released' } as const;
  const rows = await readVerbatims(store, outsider(scope), released, {
    after: null,
    limit: Number.MAX_SAFE_INTEGER,
  });
  return rows.map(({ verbatim }) => verbatim);
}
