import { type Expression, type SqlBool, sql } from 'kysely';
import type { SearchQuery } from '../../domain/search-query.ts';
import type { Engine } from '../store/engine.ts';

/**
 * Which texts hold what is searched for, in the engine's own index. The terms are plain letters and digits (domain/search-terms.ts), so
 * nothing a person types is an operator there, and both engines find the same texts.
 *
 * @param query not an empty one
 */
export function searchConditions(engine: Engine, query: SearchQuery): readonly Expression<SqlBool>[] {
  if (engine === 'postgres')
    return [
      sql<SqlBool>`to_tsvector('pg_catalog.simple', verbatims.search_terms) @@ ${postgresQuery(query)}::tsquery`,
    ];
  // With words to look for, the query itself runs over the index: see `matchText`.
  if (query.required.length > 0) return [];
  return [
    sql<SqlBool>`verbatims.place not in (
      select rowid from verbatim_index where verbatim_index match ${query.excluded.map(quoted).join(' OR ')})`,
  ];
}

/** What FTS5 is asked; null where nothing is required, which FTS5 cannot be asked. */
export function matchText({ required, excluded }: SearchQuery): string | null {
  if (required.length === 0) return null;
  const wanted = required.map(quoted).join(' AND ');
  return excluded.length === 0 ? wanted : `(${wanted}) NOT (${excluded.map(quoted).join(' OR ')})`;
}

function postgresQuery({ required, excluded }: SearchQuery): string {
  return [...required.map(followed), ...excluded.map((phrase) => `!${followed(phrase)}`)].join(' & ');
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
