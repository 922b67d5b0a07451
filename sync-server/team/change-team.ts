import type { Transaction } from 'kysely';
import { err, ok, type Result } from '../../domain/result.ts';
import type { GrantedRole } from '../../protocol/team.ts';
import { type Clock, instantOf } from '../clock.ts';
import { removeGrant, setGrant } from '../people/grants.ts';
import { addPerson, type Person, personByEmail, personById } from '../people/people.ts';
import { holdsOrganisation, wholeOrganisationsOf } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { together } from '../store/together.ts';
import { readPeople, readPlaces } from './read-team.ts';

export type TeamFailure = {
  readonly kind: 'not-found' | 'conflict' | 'last-administrator' | 'unknown-place';
};

type Deps = { readonly store: Store; readonly clock: Clock };

/** A person by where their account is kept. */
export interface PersonKey {
  readonly organisationId: string;
  readonly personId: string;
}

/**
 * Gives somebody new a role. An account that another organisation has made is the same person's: it is given the role too.
 * `conflict` where they have one here already.
 */
export async function invite(
  { store, clock }: Deps,
  scope: Scope,
  {
    name,
    email,
    grants,
  }: { readonly name: string; readonly email: string; readonly grants: readonly GrantedRole[] },
): Promise<Result<Person, TeamFailure>> {
  const refused = await whyRefused(store, scope, grants);
  if (refused !== null) return err(refused);
  const home = grants[0]?.organisationId;
  if (home === undefined) return err({ kind: 'unknown-place' });
  return together(store.db, async (trx) => {
    const known = await personByEmail(trx, email);
    if (known !== null && (await isListed(trx, scope, known))) return err({ kind: 'conflict' as const });
    const person = known ?? (await addPerson(trx, home, email, instantOf(clock.now()), name));
    for (const grant of grants) await setGrant(trx, person, grant);
    return ok(person);
  });
}

/** Gives somebody these roles in the scope's organisations, in place of those they had there. What they have elsewhere stays. */
export async function changeRoles(
  { store }: Pick<Deps, 'store'>,
  scope: Scope,
  key: PersonKey,
  grants: readonly GrantedRole[],
): Promise<Result<void, TeamFailure>> {
  const refused = await whyRefused(store, scope, grants);
  if (refused !== null) return err(refused);
  return changing(store, scope, key, async (trx, person) => {
    for (const organisationId of wholeOrganisationsOf(scope)) await removeGrant(trx, person, organisationId);
    for (const grant of grants) await setGrant(trx, person, grant);
  });
}

/** Closes an account, or opens it again. Closed, its sessions and links end at once; its roles are kept for the day it is opened. */
export async function setDeactivated(
  { store, clock }: Deps,
  scope: Scope,
  key: PersonKey,
  isDeactivated: boolean,
): Promise<Result<void, TeamFailure>> {
  // An account is its own organisation's: another one can only take its own role back.
  if (!holdsOrganisation(scope, key.organisationId)) return err({ kind: 'not-found' });
  return changing(store, scope, key, async (trx, { organisationId, personId }) => {
    await trx
      .updateTable('people')
      .set({ deactivated_at: isDeactivated ? instantOf(clock.now()) : null })
      .where('organisation_id', '=', organisationId)
      .where('person_id', '=', personId)
      .execute();
    if (!isDeactivated) return;
    for (const table of ['sessions', 'sign_in_links'] as const)
      await trx
        .deleteFrom(table)
        .where('organisation_id', '=', organisationId)
        .where('person_id', '=', personId)
        .execute();
  });
}

/** Somebody of the scope's organisations; null for whoever is of none of them. */
export async function findListed(
  { db }: Pick<Store, 'db'>,
  scope: Scope,
  key: PersonKey,
): Promise<Person | null> {
  const person = await personById(db, key.organisationId, key.personId);
  return person !== null && (await isListed(db, scope, person)) ? person : null;
}

/** Makes a change, and takes it back where it would leave an organisation that had an administrator without one. */
async function changing(
  store: Store,
  scope: Scope,
  key: PersonKey,
  change: (trx: Transaction<Tables>, person: Person) => Promise<void>,
): Promise<Result<void, TeamFailure>> {
  try {
    return await together(store.db, async (trx) => {
      const person = await personById(trx, key.organisationId, key.personId);
      if (person === null || !(await isListed(trx, scope, person)))
        return err({ kind: 'not-found' as const });
      const before = await administered(trx);
      await change(trx, person);
      const after = await administered(trx);
      if (before.some((organisationId) => !after.includes(organisationId))) throw new LastAdministrator();
      return ok(undefined);
    });
  } catch (error) {
    if (error instanceof LastAdministrator) return err({ kind: 'last-administrator' });
    throw error;
  }
}

/** Ends the transaction, so that nothing of the change stays. */
class LastAdministrator extends Error {}

/** The organisations that somebody can administer today. */
async function administered(db: Transaction<Tables>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('role_grants')
    .innerJoin('people', (join) =>
      join
        .onRef('people.organisation_id', '=', 'role_grants.home_organisation_id')
        .onRef('people.person_id', '=', 'role_grants.person_id'),
    )
    .select('role_grants.organisation_id')
    .distinct()
    .where('role_grants.role', '=', 'administrator')
    .where('people.deactivated_at', 'is', null)
    .execute();
  return rows.map((row) => row.organisation_id);
}

async function isListed(db: Store['db'], scope: Scope, person: Person): Promise<boolean> {
  return (await readPeople({ db }, scope)).some(
    ({ organisationId, personId }) =>
      organisationId === person.organisationId && personId === person.personId,
  );
}

/** Roles are given in organisations of the scope, once in each, and at places that are there. */
async function whyRefused(
  store: Store,
  scope: Scope,
  grants: readonly GrantedRole[],
): Promise<TeamFailure | null> {
  if (!grants.every(({ organisationId }) => holdsOrganisation(scope, organisationId)))
    return { kind: 'not-found' };
  if (new Set(grants.map(({ organisationId }) => organisationId)).size < grants.length)
    return { kind: 'unknown-place' };
  const places = await readPlaces(store, scope);
  const areKnown = grants.every(({ organisationId, role, siteIds, serviceIds }) => {
    const sites = places.find((one) => one.organisationId === organisationId)?.sites ?? [];
    const services = sites.flatMap((site) => site.services.map(({ serviceId }) => serviceId));
    if (role === 'referent' && siteIds.length + serviceIds.length === 0) return false;
    return (
      siteIds.every((id) => sites.some(({ siteId }) => siteId === id)) &&
      serviceIds.every((id) => services.includes(id))
    );
  });
  return areKnown ? null : { kind: 'unknown-place' };
}
