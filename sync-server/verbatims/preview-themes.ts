import { sql } from 'kysely';
import { phraseOf, type Theme } from '../../domain/themes.ts';
import type { ThemePreview } from '../../protocol/themes.ts';
import { engineOf } from '../store/engine.ts';
import type { Store } from '../store/store.ts';
import { textsWithAny } from './search-condition.ts';

/** How many texts of an organisation each theme would be given by its words, read off the index of words; and how many it is given now. */
export async function previewThemes(
  { db }: Pick<Store, 'db'>,
  organisationId: string,
  themes: readonly Theme[],
): Promise<ThemePreview> {
  const { rows: now } = await sql<{ theme_id: string; texts: number }>`
    select theme_id, count(*) as texts from verbatim_themes
    where organisation_id = ${organisationId} and source = 'words' group by theme_id`.execute(db);
  const previews: ThemePreview['themes'] = [];
  for (const { themeId, words } of themes) {
    const phrases = words.map(phraseOf).filter((phrase) => phrase.length > 0);
    previews.push({
      themeId,
      texts: phrases.length === 0 ? 0 : await countTexts(db, organisationId, themeId, phrases),
      textsNow: now.find((row) => row.theme_id === themeId)?.texts ?? 0,
    });
  }
  return { themes: previews };
}

async function countTexts(
  db: Store['db'],
  organisationId: string,
  themeId: string,
  phrases: readonly (readonly string[])[],
): Promise<number> {
  // What was decided by hand, for or against, stays whatever the words say.
  const { rows } = await sql<{ texts: number }>`
    select count(*) as texts from verbatims
    where verbatims.organisation_id = ${organisationId} and ${textsWithAny(engineOf(db), phrases)}
      and not exists (
        select 1 from verbatim_themes
        where verbatim_themes.organisation_id = verbatims.organisation_id
          and verbatim_themes.response_id = verbatims.response_id
          and verbatim_themes.theme_id = ${themeId} and verbatim_themes.source = 'hand')`.execute(db);
  return rows[0]?.texts ?? 0;
}
