import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { engineOf } from '../store/engine.ts';
import type { Scope } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { Place } from './cursor.ts';
import { holdsAll, type SearchWay } from './search-condition.ts';
import { searchOf, type TextFilter, type TextsWanted, textsWanted } from './verbatim-filter.ts';

type Column = keyof Tables['verbatims'];

/** A piece of a list that is given newest first. */
export interface TextPage {
  /** Where the last page ended. */
  readonly after: Place | null;
  readonly limit: number;
  /** All of them where it is left out. */
  readonly columns?: readonly Column[];
  /** Where they were looked up already, for this filter: {@link waysTo}. */
  readonly ways?: SearchWays;
}

/** Which way PostgreSQL takes to so many of the newest texts that a filter holds. */
export type SearchWays = (limit: number) => SearchWay;

/** What PostgreSQL orders texts by. */
const ORDERED_BY: readonly Column[] = ['place', 'response_id', 'organisation_id'];
/** How many of the newest texts are looked at before a search, to see how frequent what it looks for is. */
const LOOKED_AT = 500;

/** The newest texts that a filter holds, as a table of a query. */
export async function newestTexts(
  db: Kysely<Tables>,
  scope: Scope,
  filter: TextFilter,
  page: TextPage,
): Promise<RawBuilder<Tables['verbatims']>> {
  const engine = engineOf(db);
  if (engine === 'sqlite') return walked(textsWanted(engine, scope, filter), page, page.columns);
  const columns = page.columns === undefined ? undefined : [...page.columns, ...ORDERED_BY];
  const ways = page.ways ?? (await waysTo(db, scope, filter, page.after));
  const way = ways(page.limit);
  const texts = textsWanted(engine, scope, filter, way);
  return way === 'newest' ? walked(texts, page, columns) : gathered(texts, page, columns);
}

/** Read off an index newest first, as far as is needed. */
function walked(
  { orderedSource, conditions, place, newestFirst, parts }: TextsWanted,
  { after, limit }: TextPage,
  columns: readonly Column[] | undefined,
): RawBuilder<Tables['verbatims']> {
  const all = [...conditions, ...beyond(place, after)];
  const part = (own: readonly RawBuilder<SqlBool>[] | TextsWanted['parts']) => sql<Tables['verbatims']>`(
    select ${selected(columns)} from ${orderedSource}
    where ${sql.join([...own, ...all], sql` and `)}
    order by ${newestFirst}
    limit ${limit})`;
  if (parts.length === 0) return part([]);
  return sql<Tables['verbatims']>`(
    select verbatims.* from (${sql.join(
      parts.map((own) => part([own])),
      sql` union all `,
    )}) as verbatims
    order by ${newestFirst}
    limit ${limit})`;
}

/** All of them gathered by the index of words, the newest then picked out: a bound within would have PostgreSQL think of walking. */
function gathered(
  { source, conditions, place, newestFirst }: TextsWanted,
  { after, limit }: TextPage,
  columns: readonly Column[] | undefined,
): RawBuilder<Tables['verbatims']> {
  return sql<Tables['verbatims']>`(
    select verbatims.* from (
      select ${selected(columns)} from ${source}
      where ${sql.join([...conditions, ...beyond(place, after)], sql` and `)}
      offset 0) as verbatims
    order by ${newestFirst}
    limit ${limit})`;
}

function beyond(place: TextsWanted['place'], after: Place | null): readonly RawBuilder<SqlBool>[] {
  if (after === null) return [];
  return [
    sql<SqlBool>`${place} <= ${after.place}`,
    sql<SqlBool>`(verbatims.place, verbatims.response_id, verbatims.organisation_id)
      < (${after.place}, ${after.responseId}, ${after.organisationId})`,
  ];
}

function selected(columns: readonly Column[] | undefined): RawBuilder<unknown> {
  return columns === undefined
    ? sql`verbatims.*`
    : sql.join(columns.map((column) => sql.ref(`verbatims.${column}`)));
}

/**
 * Frequent words are soon met on a walk, rare ones are few in the index: whichever reads fewer texts. How frequent, the newest texts tell
 * better than PostgreSQL's own guess, which knows nothing of words that go together, of phrases and of filters.
 */
export async function waysTo(
  db: Kysely<Tables>,
  scope: Scope,
  filter: TextFilter,
  after: Place | null,
): Promise<SearchWays> {
  const search = searchOf(filter);
  if (engineOf(db) === 'sqlite' || search === null || search.required.length === 0) return () => 'newest';
  const { period, organisation } = filter;
  const all = textsWanted('postgres', scope, {
    state: 'whatever',
    ...(period === undefined ? {} : { period }),
    ...(organisation === undefined ? {} : { organisation }),
  });
  const { conditions } = textsWanted('postgres', scope, filter, 'newest');
  const words = [...new Set(search.required.flat())].map((word) => [word]);
  const { rows } = await sql<{ seen: number; holding: number; wanted: number; texts: number }>`
    select count(*) as seen,
      count(*) filter (where ${holdsAll(words)}) as holding,
      count(*) filter (where ${sql.join(conditions, sql` and `)}) as wanted,
      (select reltuples::bigint from pg_class where oid = 'verbatims'::regclass) as texts
    from ${walked(all, { after, limit: LOOKED_AT }, undefined)} as verbatims`.execute(db);
  const { seen, holding, wanted, texts } = rows[0] ?? { seen: 0, holding: 0, wanted: 0, texts: 0 };
  const inTheIndex = (texts * holding) / seen;
  return (limit) => (seen < LOOKED_AT || (limit * seen) / wanted < inTheIndex ? 'newest' : 'words');
}
