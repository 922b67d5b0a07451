import type { Answer } from '../../domain/answers.ts';
import { type SurveyVersion, type VerbatimItem, verbatimItemOf } from '../../domain/survey.ts';
import type { VerbatimTheme } from '../../protocol/verbatims.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
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

interface Answered extends Pick<Tables['responses'], 'answers' | 'survey_version_id'> {
  readonly organisation_id: string;
}

/** What visitors touched on the tablet beside the text: their own words for it, kept apart from what was read into it. */
export async function readTouched(
  { db }: Pick<Store, 'db'>,
  texts: readonly Answered[],
): Promise<(text: Answered) => string[]> {
  const items = new Map<string, VerbatimItem | undefined>();
  for (const { organisation_id, survey_version_id } of texts) {
    const key = `${organisation_id}/${survey_version_id}`;
    if (items.has(key)) continue;
    const { content } = await db
      .selectFrom('survey_versions')
      .select('content')
      .where('organisation_id', '=', organisation_id)
      .where('survey_version_id', '=', survey_version_id)
      .executeTakeFirstOrThrow();
    items.set(key, verbatimItemOf(JSON.parse(content) as SurveyVersion));
  }
  return ({ organisation_id, survey_version_id, answers }) => {
    const item = items.get(`${organisation_id}/${survey_version_id}`);
    if (item?.themes === undefined) return [];
    const answer = (JSON.parse(answers) as readonly Answer[]).find(({ itemId }) => itemId === item.itemId);
    if (answer?.kind !== 'choice') return [];
    return item.themes.filter(({ code }) => answer.codes.includes(code)).map(({ label }) => label.fr);
  };
}

function keyOf({ organisation_id, response_id }: TextKey): string {
  return `${organisation_id}/${response_id}`;
}
