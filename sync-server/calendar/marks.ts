import { randomUUID } from 'node:crypto';
import type { OrganisationId } from '../../domain/ids.ts';
import type { CalendarMark, CalendarMarkChange } from '../../protocol/calendar.ts';
import { type Clock, instantOf } from '../clock.ts';
import { holdsOrganisation, inOrganisationsOf } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';

/** What the teams of a scope have marked, newest first. */
export async function readMarks({ db }: Pick<Store, 'db'>, scope: Scope): Promise<CalendarMark[]> {
  const rows = await db
    .selectFrom('calendar_marks')
    .selectAll()
    .where(inOrganisationsOf(scope, 'calendar_marks'))
    .orderBy('first_day', 'desc')
    .orderBy('mark_id')
    .execute();
  return rows.map((row) => ({
    organisationId: row.organisation_id as OrganisationId,
    markId: row.mark_id,
    firstDay: row.first_day,
    lastDay: row.last_day,
    kind: row.kind,
    label: row.label,
    createdAt: row.created_at,
    createdBy: row.created_by,
  }));
}

/** Marks days of an organisation, signed. False where the organisation is not in the scope. */
export async function addMark(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  organisationId: string,
  { firstDay, lastDay, kind, label }: CalendarMarkChange,
  author: string,
): Promise<boolean> {
  if (!holdsOrganisation(scope, organisationId)) return false;
  await store.db
    .insertInto('calendar_marks')
    .values({
      organisation_id: organisationId,
      mark_id: randomUUID(),
      first_day: firstDay,
      last_day: lastDay,
      kind,
      label,
      created_at: instantOf(clock.now()),
      created_by: author,
    })
    .execute();
  return true;
}

/** Takes a mark away. False where there is none in the scope. */
export async function removeMark(
  { db }: Pick<Store, 'db'>,
  scope: Scope,
  organisationId: string,
  markId: string,
): Promise<boolean> {
  if (!holdsOrganisation(scope, organisationId)) return false;
  const removed = await db
    .deleteFrom('calendar_marks')
    .where('organisation_id', '=', organisationId)
    .where('mark_id', '=', markId)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}
