import { setImmediate } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import { themeReader } from '../../domain/themes.ts';
import { insertRows } from '../store/insert-rows.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { readThemeList } from './theme-lists.ts';

/** So few that whoever sends answers meanwhile does not wait. */
const TEXTS_AT_ONCE = 250;
const COLUMNS = ['organisation_id', 'response_id', 'theme_id', 'source', 'is_set', 'word'] as const;

/**
 * Holds texts against their organisation's list of words: those that came since, and all of them after the list was changed. What somebody
 * has decided by hand stays as it is. Broken off, it goes on where it was when it is called again.
 *
 * @returns how many texts were read
 */
export async function applyThemes(
  { db }: Pick<Store, 'db'>,
  { atMost = Number.MAX_SAFE_INTEGER }: { readonly atMost?: number } = {},
): Promise<number> {
  const organisations = await db.selectFrom('organisations').select('organisation_id').execute();
  let count = 0;
  for (const { organisation_id } of organisations)
    while (count < atMost) {
      const done = await db
        .transaction()
        .execute(async (trx) => applyToSome(trx, organisation_id, Math.min(TEXTS_AT_ONCE, atMost - count)));
      count += done;
      if (done < TEXTS_AT_ONCE) break;
      await setImmediate();
    }
  return count;
}

async function applyToSome(trx: Transaction<Tables>, organisationId: string, limit: number): Promise<number> {
  const { version, themes } = await readThemeList(trx, organisationId);
  const texts = await trx
    .selectFrom('verbatims')
    .select(['response_id', 'search_terms'])
    .where('organisation_id', '=', organisationId)
    .where('themes_version', '<', version)
    .limit(limit)
    .execute();
  if (texts.length === 0) return 0;
  const ids = texts.map(({ response_id }) => response_id);
  await trx
    .deleteFrom('verbatim_themes')
    .where('organisation_id', '=', organisationId)
    .where('response_id', 'in', ids)
    .where('source', '=', 'words')
    .execute();
  const read = themeReader(themes);
  const rows = texts.flatMap(({ response_id, search_terms }) =>
    read(search_terms.split(' ')).map(({ themeId, word }) => ({
      organisation_id: organisationId,
      response_id,
      theme_id: themeId,
      source: 'words' as const,
      is_set: 1,
      word,
      decided_by: null,
      decided_at: null,
    })),
  );
  // Where somebody has decided by hand, for or against, the row is there already.
  await insertRows(trx, 'verbatim_themes', COLUMNS, rows, 'on conflict do nothing');
  await trx
    .updateTable('verbatims')
    .set({ themes_version: version })
    .where('organisation_id', '=', organisationId)
    .where('response_id', 'in', ids)
    .execute();
  return texts.length;
}
