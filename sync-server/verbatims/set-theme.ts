import type { Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';

/**
 * Decides by hand whether a text is about a theme; no list of words changes it any more. Each theme is decided about on its own, so that two
 * people who set different ones keep both.
 */
export async function setTheme(
  trx: Transaction<Tables>,
  key: { readonly organisationId: string; readonly responseId: string },
  { themeId, isSet, by, at }: { themeId: string; isSet: boolean; by: string; at: string },
): Promise<void> {
  const row = {
    source: 'hand' as const,
    is_set: isSet ? 1 : 0,
    word: null,
    decided_by: by,
    decided_at: at,
  };
  await trx
    .insertInto('verbatim_themes')
    .values({
      organisation_id: key.organisationId,
      response_id: key.responseId,
      theme_id: themeId,
      ...row,
    })
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'response_id', 'theme_id']).doUpdateSet(row),
    )
    .execute();
}
