import type { Answer } from '../../domain/answers.ts';
import { type SurveyVersion, verbatimItemOf } from '../../domain/survey.ts';
import type { VerbatimTheme } from '../../protocol/verbatims.ts';
import type { Store } from '../store/store.ts';
import { readThemeLists } from './theme-lists.ts';

const TEXTS_AT_ONCE = 500;

interface TextKey {
  readonly organisation_id: string;
  readonly response_id: string;
}

/** The themes of texts, in the order of their organisation's list; told by the key of a text. */
export async function readThemes(
  { db }: Pick<Store, 'db'>,
  texts: readonly TextKey[],
): Promise<(text: TextKey) => VerbatimTheme[]> {
  const organisationIds = [...new Set(texts.map(({ organisation_id }) => organisation_id))];
  const lists = await readThemeLists(db, organisationIds);
  const byText = new Map<string, VerbatimTheme[]>();
  for (const organisationId of organisationIds) {
    const own = texts.filter(({ organisation_id }) => organisation_id === organisationId);
    const themes = lists.get(organisationId)?.themes ?? [];
    for (let start = 0; start < own.length; start += TEXTS_AT_ONCE) {
      const rows = await db
        .selectFrom('verbatim_themes')
        .selectAll()
        .where('organisation_id', '=', organisationId)
        .where(
          'response_id',
          'in',
          own.slice(start, start + TEXTS_AT_ONCE).map(({ response_id }) => response_id),
        )
        .where('is_set', '=', 1)
        .execute();
      for (const { themeId, name } of themes)
        for (const row of rows.filter(({ theme_id }) => theme_id === themeId)) {
          const found = byText.get(keyOf(row)) ?? [];
          found.push({ themeId, name, word: row.word, by: row.decided_by, at: row.decided_at });
          byText.set(keyOf(row), found);
        }
    }
  }
  return (text) => byText.get(keyOf(text)) ?? [];
}

/** What the visitor touched on the tablet beside the text: their own words for it, kept apart from what was read into it. */
export function touchedThemes(answers: string, surveyVersion: string): string[] {
  const item = verbatimItemOf(JSON.parse(surveyVersion) as SurveyVersion);
  const answer = (JSON.parse(answers) as readonly Answer[]).find(({ itemId }) => itemId === item?.itemId);
  if (item?.themes === undefined || answer?.kind !== 'choice') return [];
  return item.themes.filter(({ code }) => answer.codes.includes(code)).map(({ label }) => label.fr);
}

function keyOf({ organisation_id, response_id }: TextKey): string {
  return `${organisation_id}/${response_id}`;
}
