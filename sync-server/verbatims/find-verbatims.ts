import { sql } from 'kysely';
import * as v from 'valibot';
import type { OrganisationId } from '../../domain/ids.ts';
import type { VerbatimPage } from '../../protocol/verbatims.ts';
import type { Clock } from '../clock.ts';
import { organisationsOf } from '../people/scope.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import { engineOf } from '../store/engine.ts';
import type { Scope, Store } from '../store/store.ts';
import { cursorAt, cursorSchema, placeOfCursor } from './cursor.ts';
import { newestTexts, type SearchWays, waysTo } from './newest-texts.ts';
import { readVerbatims } from './read-verbatims.ts';
import type { Reader } from './readers.ts';
import { readThemeLists } from './theme-lists.ts';
import { searchOf, textsWanted, type VerbatimFilter, verbatimFilterSchema } from './verbatim-filter.ts';

export const VERBATIMS_A_PAGE = 50;
/** How many hits of a search are counted: whoever has more narrows the search, and none costs more than this many. */
const HITS_COUNTED = 1_000;

export const verbatimQuerySchema = v.object({
  ...verbatimFilterSchema.entries,
  cursor: v.exactOptional(cursorSchema),
});

/** One page of texts, newest first, with how many there are and how many of those still wait to be read and to be moderated. */
export async function findVerbatims(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  reader: Reader,
  { cursor, ...filter }: v.InferOutput<typeof verbatimQuerySchema>,
): Promise<VerbatimPage> {
  const after = cursor === undefined ? null : placeOfCursor(cursor);
  const ways = await waysTo(store.db, reader.scope, filter, after);
  // Beside each other, where the database is another process.
  const [rows, counts] = await Promise.all([
    readVerbatims(store, reader, filter, { after, limit: VERBATIMS_A_PAGE + 1, ways }),
    countVerbatims(store, reader.scope, filter, ways),
  ]);
  const shown = rows.slice(0, VERBATIMS_A_PAGE);
  const last = rows.length > VERBATIMS_A_PAGE ? shown.at(-1) : undefined;
  return {
    verbatims: shown.map(({ verbatim }) => verbatim),
    ...counts,
    countedUpTo: searchOf(filter) === null ? null : HITS_COUNTED,
    themes: await themesToChoose(store, reader.scope),
    mayChange: reader.changes.reaches.length > 0,
    mayModerate: reader.moderates.reaches.length > 0,
    nextCursor: last === undefined ? null : cursorAt(last.place),
    isDemonstration: placeOf(await visibleServices(store.db, reader.scope), clock).isDemonstration,
  };
}

async function themesToChoose({ db }: Pick<Store, 'db'>, scope: Scope): Promise<VerbatimPage['themes']> {
  const lists = await readThemeLists(db, organisationsOf(scope));
  return [...lists].flatMap(([organisationId, { themes }]) =>
    themes.map(({ themeId, name }) => ({ organisationId: organisationId as OrganisationId, themeId, name })),
  );
}

async function countVerbatims(
  store: Pick<Store, 'db'>,
  scope: Scope,
  filter: VerbatimFilter,
  ways: SearchWays,
): Promise<Pick<VerbatimPage, 'total' | 'unreadCount' | 'toModerateCount'>> {
  // Whichever state the list shows, what waits is counted beside it.
  const { state: _state, moderation: _moderation, ...narrowed } = filter;
  const isOfAll = (filter.state ?? 'all') === 'all' && filter.moderation === undefined;
  const all = await count(store, scope, { ...narrowed, state: 'all' }, isOfAll ? ways : undefined);
  const { total } = isOfAll ? all : await count(store, scope, filter, ways);
  return { total, unreadCount: all.unread, toModerateCount: all.toModerate };
}

async function count(
  { db }: Pick<Store, 'db'>,
  scope: Scope,
  filter: VerbatimFilter,
  ways: SearchWays | undefined,
): Promise<{ readonly total: number; readonly unread: number; readonly toModerate: number }> {
  const { rows } = await sql<{ total: number; unread: number; to_moderate: number }>`
    select count(*) as total,
      count(*) filter (where read_at is null and hidden_at is null) as unread,
      count(*) filter (where released_at is null and hidden_at is null) as to_moderate
    from ${await countedTexts(db, scope, filter, ways)} as counted`.execute(db);
  const [row] = rows;
  return { total: row?.total ?? 0, unread: row?.unread ?? 0, toModerate: row?.to_moderate ?? 0 };
}

async function countedTexts(
  db: Store['db'],
  scope: Scope,
  filter: VerbatimFilter,
  ways: SearchWays | undefined,
) {
  const columns = ['read_at', 'hidden_at', 'released_at'] as const;
  if (searchOf(filter) !== null) {
    const newest = { after: null, limit: HITS_COUNTED, columns };
    return newestTexts(db, scope, filter, ways === undefined ? newest : { ...newest, ways });
  }
  const { source, conditions } = textsWanted(engineOf(db), scope, filter);
  return sql`(
    select verbatims.read_at, verbatims.hidden_at, verbatims.released_at from ${source}
    where ${sql.join(conditions, sql` and `)})`;
}
