import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { OrganisationId, PersonId } from '../../domain/ids.ts';
import type { Tables } from '../store/tables.ts';

/** Somebody with an account, wherever it is kept. */
export interface Person {
  /** Where the account is kept; what they may see is told by their grants. */
  readonly organisationId: OrganisationId;
  readonly personId: PersonId;
  readonly name: string;
  /** Lower case. */
  readonly email: string;
  readonly passwordHash: string | null;
  readonly isDeactivated: boolean;
  readonly hasSecondFactor: boolean;
}

/** E-mail addresses are one whatever their case. */
export function foldEmail(email: string): string {
  return email.trim().toLowerCase();
}

export async function personByEmail(db: Kysely<Tables>, email: string): Promise<Person | null> {
  const row = await db
    .selectFrom('people')
    .selectAll()
    .where('email', '=', foldEmail(email))
    .orderBy('created_at')
    .executeTakeFirst();
  return row === undefined ? null : personOf(row);
}

export async function personById(
  db: Kysely<Tables>,
  organisationId: string,
  personId: string,
): Promise<Person | null> {
  const row = await db
    .selectFrom('people')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row === undefined ? null : personOf(row);
}

/** Makes an account, without a password, that may see nothing yet. Without a name it bears that of its address. */
export async function addPerson(
  db: Kysely<Tables>,
  organisationId: OrganisationId,
  email: string,
  nowIso: string,
  name?: string,
): Promise<Person> {
  const folded = foldEmail(email);
  const person: Person = {
    organisationId,
    personId: randomUUID() as PersonId,
    name: name ?? folded.slice(0, folded.indexOf('@')).slice(0, 100),
    email: folded,
    passwordHash: null,
    isDeactivated: false,
    hasSecondFactor: false,
  };
  await db
    .insertInto('people')
    .values({
      organisation_id: organisationId,
      person_id: person.personId,
      name: person.name,
      email: folded,
      password_hash: null,
      created_at: nowIso,
      deactivated_at: null,
      totp_secret: null,
      totp_confirmed_at: null,
      totp_last_step: null,
    })
    .execute();
  return person;
}

function personOf(row: Tables['people']): Person {
  return {
    organisationId: row.organisation_id as OrganisationId,
    personId: row.person_id as PersonId,
    name: row.name,
    email: row.email,
    passwordHash: row.password_hash,
    isDeactivated: row.deactivated_at !== null,
    hasSecondFactor: row.totp_confirmed_at !== null,
  };
}
