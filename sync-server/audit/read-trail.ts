import * as v from 'valibot';
import type { OrganisationId, PersonId } from '../../domain/ids.ts';
import { localMidnightMs } from '../../domain/local-time.ts';
import { addDays } from '../../domain/weeks.ts';
import { AUDIT_ACTIONS, type AuditAction } from '../../protocol/audit.ts';
import type { AuditEntry, AuditFilter, AuditPage } from '../../protocol/audit-page.ts';
import { instantOf } from '../clock.ts';
import { inWholeOrganisationsOf } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';
import type { TrailDetail } from './record-entry.ts';
import { aboutText, actionLabel, whatText } from './words.ts';

export const ENTRIES_A_PAGE = 50;
const placeSchema = v.tuple([v.string(), v.string()]);

/** Opaque to whoever carries it; only ours is taken. */
export const auditCursorSchema = v.pipe(
  v.string(),
  v.maxLength(200),
  v.check((text) => v.is(placeSchema, decoded(text)), 'is not a cursor of ours'),
);

/** One page of the trail, newest first. */
export async function readTrailPage(
  store: Store,
  scope: Scope,
  filter: AuditFilter & { readonly cursor?: string },
  timeZone: string,
): Promise<AuditPage> {
  const { cursor } = filter;
  const rows = await readRows(store, scope, filter, timeZone, {
    after: cursor === undefined ? null : v.parse(placeSchema, decoded(cursor)),
    limit: ENTRIES_A_PAGE + 1,
  });
  const last = rows.length > ENTRIES_A_PAGE ? rows[ENTRIES_A_PAGE - 1] : undefined;
  const people = await store.db
    .selectFrom('audit_entries')
    .select(['person_id', (is) => is.fn.max('person_name').as('name')])
    .where(inWholeOrganisationsOf(scope, 'audit_entries'))
    .where('person_id', 'is not', null)
    .groupBy('person_id')
    .orderBy('name')
    .execute();
  return {
    entries: await entriesOf(store, rows.slice(0, ENTRIES_A_PAGE)),
    nextCursor: last === undefined ? null : cursorAt(last),
    people: people.map(({ person_id, name }) => ({ personId: person_id as PersonId, name })),
    actions: AUDIT_ACTIONS.map((action) => ({ action, label: actionLabel(action) })),
  };
}

/** All that a filter holds, newest first: for a file. */
export async function readTrail(
  store: Store,
  scope: Scope,
  filter: AuditFilter,
  timeZone: string,
): Promise<readonly AuditEntry[]> {
  return entriesOf(store, await readRows(store, scope, filter, timeZone, { after: null, limit: null }));
}

type Row = Awaited<ReturnType<typeof readRows>>[number];

async function readRows(
  { db }: Pick<Store, 'db'>,
  scope: Scope,
  { from, to, person, action }: AuditFilter,
  timeZone: string,
  page: { readonly after: readonly [string, string] | null; readonly limit: number | null },
) {
  const [afterTime = '', afterId = ''] = page.after ?? [];
  return db
    .selectFrom('audit_entries')
    .selectAll()
    .where(inWholeOrganisationsOf(scope, 'audit_entries'))
    .$if(from !== undefined, (query) =>
      query.where('recorded_at', '>=', instantOf(localMidnightMs(from ?? '', timeZone))),
    )
    .$if(to !== undefined, (query) =>
      query.where('recorded_at', '<', instantOf(localMidnightMs(addDays(to ?? '', 1), timeZone))),
    )
    .$if(person !== undefined, (query) => query.where('person_id', '=', person ?? ''))
    .$if(action !== undefined, (query) => query.where('action', '=', action ?? ''))
    .$if(page.after !== null, (query) =>
      query.where((is) =>
        is.or([
          is('recorded_at', '<', afterTime),
          is.and([is('recorded_at', '=', afterTime), is('entry_id', '<', afterId)]),
        ]),
      ),
    )
    .orderBy('recorded_at', 'desc')
    .orderBy('entry_id', 'desc')
    .$if(page.limit !== null, (query) => query.limit(page.limit ?? 0))
    .execute();
}

async function entriesOf({ db }: Pick<Store, 'db'>, rows: readonly Row[]): Promise<AuditEntry[]> {
  const organisations = await db.selectFrom('organisations').select(['organisation_id', 'name']).execute();
  const people = await db.selectFrom('people').select(['person_id', 'name']).execute();
  const services = await db
    .selectFrom('services')
    .select(['organisation_id', 'service_id', 'name'])
    .execute();
  const nameOf = (subject: string) =>
    people.find(({ person_id }) => subject === `person:${person_id}`)?.name ?? null;
  return rows.map((row) => ({
    entryId: row.entry_id,
    recordedAt: row.recorded_at,
    organisationId: row.organisation_id as OrganisationId,
    organisationName:
      organisations.find((one) => one.organisation_id === row.organisation_id)?.name ?? row.organisation_id,
    personName: row.person_name,
    action: row.action as AuditAction,
    what: whatText(row.action as AuditAction, JSON.parse(row.detail) as TrailDetail),
    about: aboutText(
      row.subject,
      nameOf(row.subject),
      services.find((one) => one.organisation_id === row.organisation_id && one.service_id === row.service_id)
        ?.name ?? null,
    ),
  }));
}

function cursorAt({ recorded_at, entry_id }: Row): string {
  return Buffer.from(JSON.stringify([recorded_at, entry_id])).toString('base64url');
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
