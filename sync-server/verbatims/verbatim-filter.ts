import { type Expression, type SqlBool, sql } from 'kysely';
import * as v from 'valibot';
import { firstDay, lastDay } from '../../domain/periods.ts';
import { isEmptySearch, parseSearch, type SearchQuery } from '../../domain/search-query.ts';
import { LANGUAGES } from '../../domain/survey.ts';
import { MODERATION_STATES, VERBATIM_STATES } from '../../protocol/verbatims.ts';
import { inScope } from '../people/scope.ts';
import { periodOfText, periodTextSchema } from '../scores/framing.ts';
import type { Engine } from '../store/engine.ts';
import type { Scope } from '../store/store.ts';
import { placesOfDays } from './place.ts';
import { matchText, type SearchWay, searchConditions } from './search-condition.ts';

/** Which texts are asked for; what is left out does not narrow. Without a state, all but the hidden ones. */
export const verbatimFilterSchema = v.object({
  period: v.exactOptional(periodTextSchema),
  organisation: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  service: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  search: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  language: v.exactOptional(v.picklist(LANGUAGES, 'must be one of the languages of the kiosk')),
  theme: v.exactOptional(v.pipe(v.string(), v.maxLength(40))),
  moderation: v.exactOptional(v.picklist(MODERATION_STATES, 'must be to-moderate, released or hidden')),
  state: v.exactOptional(v.picklist(VERBATIM_STATES, 'must be unread, read, hidden or all')),
});
export type VerbatimFilter = v.InferOutput<typeof verbatimFilterSchema>;

/** Texts as a query names them: from where, under which conditions, by which column they stand in time, and newest first. */
export interface TextsWanted {
  readonly source: Expression<unknown>;
  /** The same for a reading that stops early: given newest first by an index, where SQLite would sort them all for two organisations. */
  readonly orderedSource: Expression<unknown>;
  readonly conditions: readonly Expression<SqlBool>[];
  readonly place: Expression<number>;
  readonly newestFirst: Expression<unknown>;
  /** One condition for each organisation where a reading that stops early is put together of one for each; none where it is not. */
  readonly parts: readonly Expression<SqlBool>[];
}

export type TextFilter = Omit<VerbatimFilter, 'state'> & {
  readonly state?: VerbatimFilter['state'] | 'whatever';
};

/** What is searched for; null without a search. */
export function searchOf({ search = '' }: Pick<VerbatimFilter, 'search'>): SearchQuery | null {
  return search.trim() === '' ? null : parseSearch(search);
}

/**
 * The texts of a scope that a filter holds; every query of texts begins here.
 *
 * @param way how PostgreSQL finds those that are searched for
 */
export function textsWanted(
  engine: Engine,
  scope: Scope,
  filter: TextFilter,
  way: SearchWay = 'words',
): TextsWanted {
  const search = searchOf(filter);
  const match = engine === 'postgres' || search === null ? null : matchText(search);
  const place = match === null ? sql<number>`verbatims.place` : sql<number>`verbatim_index.rowid`;
  // On SQLite no two texts have one place; to ask for more would have every hit read and sorted before the first is given.
  const newestFirst =
    engine === 'postgres'
      ? sql`${place} desc, verbatims.response_id desc, verbatims.organisation_id desc`
      : sql`${place} desc`;
  const conditions = [
    inScope(scope, 'verbatims'),
    ...narrowing(filter, place),
    ...stateConditions(filter.state),
    ...moderationConditions(filter.moderation),
  ];
  if (search !== null && isEmptySearch(search)) conditions.push(sql<SqlBool>`1 = 0`);
  else if (search !== null) conditions.push(...searchConditions(engine, search, way));
  if (match === null) {
    const source = sql`verbatims`;
    const orderedSource = engine === 'postgres' ? source : sql`verbatims indexed by verbatims__place`;
    // PostgreSQL's index of places is the organisations' own: read one by one they need no sorting.
    const parts =
      engine === 'postgres' && scope.reaches.length > 1
        ? scope.reaches.map((reach) => inScope({ reaches: [reach] }, 'verbatims'))
        : [];
    return { source, orderedSource, conditions, place, newestFirst, parts };
  }
  // In this order whatever SQLite thinks: the index of words gives the texts newest first, so that a page is read off its beginning.
  const source = sql`verbatim_index cross join verbatims on verbatims.place = verbatim_index.rowid`;
  return {
    source,
    orderedSource: source,
    conditions: [sql<SqlBool>`verbatim_index match ${match}`, ...conditions],
    place,
    newestFirst,
    parts: [],
  };
}

function narrowing(
  { period, organisation, service, language, theme }: Omit<VerbatimFilter, 'state'>,
  place: Expression<number>,
): Expression<SqlBool>[] {
  const found: Expression<SqlBool>[] = [];
  if (organisation !== undefined) found.push(sql<SqlBool>`verbatims.organisation_id = ${organisation}`);
  if (service !== undefined) found.push(sql<SqlBool>`verbatims.service_id = ${service}`);
  if (language !== undefined) found.push(sql<SqlBool>`verbatims.language = ${language}`);
  if (theme !== undefined)
    found.push(sql<SqlBool>`exists (
      select 1 from verbatim_themes
      where verbatim_themes.organisation_id = verbatims.organisation_id
        and verbatim_themes.response_id = verbatims.response_id
        and verbatim_themes.theme_id = ${theme} and verbatim_themes.is_set = 1)`);
  if (period !== undefined) {
    const asked = periodOfText(period);
    const { first, last } = placesOfDays(firstDay(asked), lastDay(asked));
    found.push(sql<SqlBool>`${place} between ${first} and ${last}`);
  }
  return found;
}

function stateConditions(
  state: VerbatimFilter['state'] | 'whatever' = 'all',
): readonly Expression<SqlBool>[] {
  switch (state) {
    case 'unread':
      return [sql<SqlBool>`verbatims.read_at is null`, IS_SHOWN];
    case 'read':
      return [sql<SqlBool>`verbatims.read_at is not null`, IS_SHOWN];
    case 'hidden':
      return [sql<SqlBool>`verbatims.hidden_at is not null`];
    case 'all':
      return [IS_SHOWN];
    case 'whatever':
      return [];
  }
}

const IS_SHOWN = sql<SqlBool>`verbatims.hidden_at is null`;

function moderationConditions(moderation: VerbatimFilter['moderation']): readonly Expression<SqlBool>[] {
  switch (moderation) {
    case undefined:
      return [];
    case 'to-moderate':
      return [sql<SqlBool>`verbatims.released_at is null and verbatims.hidden_at is null`];
    case 'released':
      return [sql<SqlBool>`verbatims.released_at is not null`];
    case 'hidden':
      return [sql<SqlBool>`verbatims.hidden_at is not null`];
  }
}
