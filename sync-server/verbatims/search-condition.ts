import { type Expression, type SqlBool, sql } from 'kysely';
import type { SearchQuery } from '../../domain/search-query.ts';
import type { Engine } from '../store/engine.ts';

/**
 * How PostgreSQL comes to the newest texts with some words: by its index of words, which gives all there are in no order, or by walking
 * the texts newest first and reading each. SQLite's own index gives them newest first and needs no choice.
 */
export type SearchWay = 'words' | 'newest';

/**
 * Which texts hold what is searched for, in the engine's own index. The terms are plain letters and digits (domain/search-terms.ts), so
 * nothing a person types is an operator there, and both engines find the same texts.
 *
 * @param query not an empty one
 */
export function searchConditions(
  engine: Engine,
  query: SearchQuery,
  way: SearchWay,
): readonly Expression<SqlBool>[] {
  if (engine === 'postgres' && way === 'words') return byWords(query);
  // With words to look for, the query itself runs over SQLite's index: see `matchText`.
  if (engine === 'sqlite' && query.required.length > 0) return [];
  return byReading(engine, query);
}

/** What FTS5 is asked; null where nothing is required, which FTS5 cannot be asked. */
export function matchText({ required, excluded }: SearchQuery): string | null {
  if (required.length === 0) return null;
  const wanted = required.map(quoted).join(' AND ');
  return excluded.length === 0 ? wanted : `(${wanted}) NOT (${excluded.map(quoted).join(' OR ')})`;
}

/** The index tells the words alone: to see how they follow each other PostgreSQL would make the index's entry of each text anew, twenty times slower than reading it. */
function byWords({ required, excluded }: SearchQuery): readonly Expression<SqlBool>[] {
  if (required.length === 0) return byReading('postgres', { required, excluded });
  const words = [...new Set(required.flat())].map((term) => `'${term}'`).join(' & ');
  return [
    sql<SqlBool>`to_tsvector('pg_catalog.simple', verbatims.search_terms) @@ ${words}::tsquery`,
    ...byReading('postgres', { required: required.filter((phrase) => phrase.length > 1), excluded }),
  ];
}

/**
 * One comparison for all phrases, and none of them equality: PostgreSQL then takes a text in three for a hit. It knows nothing of the words,
 * and who takes hits for rare sorts all texts rather than walking them newest first.
 */
function byReading(engine: Engine, { required, excluded }: SearchQuery): readonly Expression<SqlBool>[] {
  const together = sql.join(
    excluded.map((phrase) => positionOf(engine, phrase)),
    sql` + `,
  );
  return [
    ...(required.length === 0 ? [] : [holdsAll(required)]),
    ...(excluded.length === 0 ? [] : [sql<SqlBool>`${together} < 1`]),
  ];
}

/** The condition on PostgreSQL that a text holds each of these phrases, found by reading it. */
export function holdsAll(phrases: readonly (readonly string[])[]): Expression<SqlBool> {
  return sql<SqlBool>`least(${sql.join(phrases.map((phrase) => positionOf('postgres', phrase)))}) > 0`;
}

/** Words are kept with one blank between them: a phrase is a piece of them. 0 where it is not there. */
function positionOf(engine: Engine, phrase: readonly string[]): Expression<number> {
  const position = engine === 'postgres' ? sql`strpos` : sql`instr`;
  return sql<number>`${position}(' ' || verbatims.search_terms || ' ', ${` ${phrase.join(' ')} `})`;
}

function quoted(phrase: readonly string[]): string {
  return `"${phrase.join(' ')}"`;
}

function followed(phrase: readonly string[]): string {
  return `(${phrase.map((term) => `'${term}'`).join(' <-> ')})`;
}

/** The condition that a text holds at least one of these phrases. */
export function textsWithAny(engine: Engine, phrases: readonly (readonly string[])[]): Expression<SqlBool> {
  if (engine === 'postgres')
    return sql<SqlBool>`to_tsvector('pg_catalog.simple', verbatims.search_terms) @@ ${phrases.map(followed).join(' | ')}::tsquery`;
  return sql<SqlBool>`verbatims.place in (
    select rowid from verbatim_index where verbatim_index match ${phrases.map(quoted).join(' OR ')})`;
}
