import type { HideCategory, Moderation } from '../../protocol/verbatims.ts';
import type { Tables } from '../store/tables.ts';

/** The columns that tell what was decided about a text. */
export type ModerationRow = Pick<
  Tables['verbatims'],
  | 'version'
  | 'released_at'
  | 'released_by'
  | 'hidden_at'
  | 'hidden_by'
  | 'hidden_category'
  | 'hidden_reason'
  | 'masked_at'
  | 'masked_by'
>;

/** What was decided about a text, and by whom. */
export function moderationOf(row: ModerationRow): Moderation {
  return {
    version: row.version,
    released: signed(row.released_at, row.released_by),
    hidden:
      row.hidden_at === null
        ? null
        : {
            at: row.hidden_at,
            by: row.hidden_by ?? '',
            category: (row.hidden_category ?? 'other') as HideCategory,
            reason: row.hidden_reason ?? '',
          },
    masked: signed(row.masked_at, row.masked_by),
  };
}

function signed(at: string | null, by: string | null): { at: string; by: string } | null {
  return at === null ? null : { at, by: by ?? '' };
}
