import { type Expression, type SqlBool, sql } from 'kysely';
import * as v from 'valibot';
import type { Channel } from '../../domain/answers.ts';
import type { OrganisationId, ResponseId, ServiceId } from '../../domain/ids.ts';
import { firstDay, lastDay } from '../../domain/periods.ts';
import { personalDataKindsIn } from '../../domain/personal-data.ts';
import { VERBATIM_STATES, type Verbatim, type VerbatimPage } from '../../protocol/verbatims.ts';
import type { Clock } from '../clock.ts';
import { inScope } from '../people/scope.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import { periodOfText, periodTextSchema } from '../scores/framing.ts';
import { foldText } from '../store/fold-text.ts';
import type { Scope, Store } from '../store/store.ts';
import { cursorAt, cursorSchema, type Place, placeOfCursor } from './cursor.ts';

export const VERBATIMS_A_PAGE = 50;
const MAX_WORDS = 20;

/** Which texts are asked for; what is left out does not narrow. Without a state, all but the hidden ones. */
export const verbatimFilterSchema = v.object({
  period: v.exactOptional(periodTextSchema),
  organisation: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  service: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  search: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  state: v.exactOptional(v.picklist(VERBATIM_STATES, 'must be unread, read, hidden or all')),
});
export type VerbatimFilter = v.InferOutput<typeof verbatimFilterSchema>;
export const verbatimQuerySchema = v.object({
  ...verbatimFilterSchema.entries,
  cursor: v.exactOptional(cursorSchema),
});

/** One page of texts, newest first, with how many there are and how many of those still wait to be read. */
export async function findVerbatims(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  { cursor, ...filter }: v.InferOutput<typeof verbatimQuerySchema>,
): Promise<VerbatimPage> {
  const rows = await readVerbatims(store, scope, filter, {
    after: cursor === undefined ? null : placeOfCursor(cursor),
    limit: VERBATIMS_A_PAGE + 1,
  });
  const shown = rows.slice(0, VERBATIMS_A_PAGE);
  const last = rows.length > VERBATIMS_A_PAGE ? shown.at(-1) : undefined;
  return {
    verbatims: [...shown],
    ...(await countVerbatims(store, scope, filter)),
    nextCursor: last === undefined ? null : cursorAt(last),
    isDemonstration: placeOf(await visibleServices(store.db, scope), clock).isDemonstration,
  };
}

/**
 * The texts a filter holds, newest first.
 *
 * @param page where the last page ended, and how many at most
 */
export async function readVerbatims(
  { db }: Pick<Store, 'db'>,
  scope: Scope,
  filter: VerbatimFilter,
  page: { readonly after: Place | null; readonly limit: number },
): Promise<readonly Verbatim[]> {
  const { after, limit } = page;
  const rows = await db
    .selectFrom('verbatims')
    .innerJoin('services', (join) =>
      join
        .onRef('services.organisation_id', '=', 'verbatims.organisation_id')
        .onRef('services.service_id', '=', 'verbatims.service_id'),
    )
    .innerJoin('sites', (join) =>
      join
        .onRef('sites.organisation_id', '=', 'services.organisation_id')
        .onRef('sites.site_id', '=', 'services.site_id'),
    )
    .innerJoin('responses', (join) =>
      join
        .onRef('responses.organisation_id', '=', 'verbatims.organisation_id')
        .onRef('responses.response_id', '=', 'verbatims.response_id'),
    )
    .selectAll('verbatims')
    .select(['services.name as service_name', 'sites.name as site_name'])
    .select(['responses.channel', 'responses.flags'])
    .where((is) => is.and(conditions(scope, filter)))
    .$if(after !== null, (query) =>
      query.where(
        sql<SqlBool>`(verbatims.local_date, verbatims.half_day, verbatims.response_id, verbatims.organisation_id)
          < (${after?.localDate}, ${after?.halfDay}, ${after?.responseId}, ${after?.organisationId})`,
      ),
    )
    .orderBy('verbatims.local_date', 'desc')
    .orderBy('verbatims.half_day', 'desc')
    .orderBy('verbatims.response_id', 'desc')
    .orderBy('verbatims.organisation_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    organisationId: row.organisation_id as OrganisationId,
    responseId: row.response_id as ResponseId,
    serviceId: row.service_id as ServiceId,
    serviceName: row.service_name,
    siteName: row.site_name,
    localDate: row.local_date,
    halfDay: row.half_day,
    language: row.language,
    channel: row.channel as Channel,
    text: row.text,
    personalData: [...personalDataKindsIn(JSON.parse(row.flags) as readonly string[])],
    readAt: row.read_at,
    readBy: row.read_by,
    hidden:
      row.hidden_at === null || row.hidden_reason === null
        ? null
        : { at: row.hidden_at, by: row.hidden_by ?? '', reason: row.hidden_reason },
  }));
}

async function countVerbatims(
  { db }: Pick<Store, 'db'>,
  scope: Scope,
  filter: VerbatimFilter,
): Promise<{ readonly total: number; readonly unreadCount: number }> {
  const { state: _state, ...anyState } = filter;
  return db
    .selectFrom('verbatims')
    .select((is) => [
      is.fn
        .countAll<number>()
        .filterWhere(is.and(stateConditions(filter.state)))
        .as('total'),
      is.fn
        .countAll<number>()
        .filterWhere(is.and(stateConditions('unread')))
        .as('unreadCount'),
    ])
    .where((is) => is.and(narrowing(scope, anyState)))
    .executeTakeFirstOrThrow();
}

function conditions(scope: Scope, filter: VerbatimFilter): Expression<SqlBool>[] {
  return [...narrowing(scope, filter), ...stateConditions(filter.state)];
}

function stateConditions(state: VerbatimFilter['state'] = 'all'): Expression<SqlBool>[] {
  switch (state) {
    case 'unread':
      return [sql<SqlBool>`verbatims.read_at is null and verbatims.hidden_at is null`];
    case 'read':
      return [sql<SqlBool>`verbatims.read_at is not null and verbatims.hidden_at is null`];
    case 'hidden':
      return [sql<SqlBool>`verbatims.hidden_at is not null`];
    case 'all':
      return [sql<SqlBool>`verbatims.hidden_at is null`];
  }
}

function narrowing(scope: Scope, filter: Omit<VerbatimFilter, 'state'>): Expression<SqlBool>[] {
  const { period, organisation, service, search = '' } = filter;
  const found = [inScope(scope, 'verbatims')];
  if (organisation !== undefined) found.push(sql<SqlBool>`verbatims.organisation_id = ${organisation}`);
  if (service !== undefined) found.push(sql<SqlBool>`verbatims.service_id = ${service}`);
  if (period !== undefined) {
    const asked = periodOfText(period);
    found.push(sql<SqlBool>`verbatims.local_date between ${firstDay(asked)} and ${lastDay(asked)}`);
  }
  for (const word of wordsOf(search))
    found.push(sql<SqlBool>`verbatims.folded_text like ${`%${likeLiteral(word)}%`} escape '\\'`);
  return found;
}

/** Each must be in the text, accents and case ignored. */
function wordsOf(search: string): readonly string[] {
  return foldText(search)
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);
}

/** What is searched for is words: `%` and `_` mean themselves. */
function likeLiteral(word: string): string {
  return word.replaceAll(/[\\%_]/g, '\\$&');
}
