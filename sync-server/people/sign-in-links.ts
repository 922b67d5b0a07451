import type { Transaction } from 'kysely';
import type { OrganisationId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { adminOriginOf } from '../addresses.ts';
import { recordEntries } from '../audit/record-entry.ts';
import { type Clock, instantOf } from '../clock.ts';
import type { Config } from '../config.ts';
import { PlainFault } from '../plain-fault.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { together } from '../store/together.ts';
import { setGrant } from './grants.ts';
import { addPerson, type Person, personByEmail, personById } from './people.ts';
import { createToken, keyOfToken } from './tokens.ts';

/** How long a link may be used, once. */
export const LINK_LIFETIME_MS = 3_600_000;

type Deps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: Pick<Config, 'host' | 'port' | 'tls' | 'kioskOrigin' | 'adminOrigin'>;
};

/**
 * A one-time way into the web view for whoever holds the machine: it makes the account where there is none, so that nobody is ever
 * shut out for good. A new account may see every organisation; an account that exists keeps its rights, and is given the
 * organisations that nobody may see yet.
 *
 * @param origin the web view's, where it differs from what the configuration says: a port chosen at start
 * @throws PlainFault when there is no organisation to keep an account in
 */
export async function createSignInLink(
  { store, clock, config }: Deps,
  { email, origin = adminOriginOf(config) }: { readonly email: string; readonly origin?: string },
): Promise<{ readonly url: string; readonly expiresAt: string }> {
  const now = clock.now();
  const expiresAt = instantOf(now + LINK_LIFETIME_MS);
  const token = await store.db.transaction().execute(async (trx) => {
    const organisations = await trx
      .selectFrom('organisations')
      .leftJoin('role_grants', 'role_grants.organisation_id', 'organisations.organisation_id')
      .select(['organisations.organisation_id', 'role_grants.person_id'])
      .orderBy('organisations.position')
      .execute();
    const [first] = organisations;
    if (first === undefined)
      throw new PlainFault(
        'There is no organisation yet. Start the server once, so that it reads the town file.',
      );
    const known = await personByEmail(trx, email);
    const person =
      known ?? (await addPerson(trx, first.organisation_id as OrganisationId, email, instantOf(now)));
    const missing = organisations.filter((row) => known === null || row.person_id === null);
    for (const organisationId of new Set(missing.map((row) => row.organisation_id)))
      await setGrant(trx, person, { organisationId, role: 'administrator', siteIds: [], serviceIds: [] });
    const entry = { organisationId: person.organisationId, person: null, action: 'link-made' as const };
    await recordEntries(trx, instantOf(now), [{ ...entry, subject: `person:${person.personId}` }]);
    return addLink(trx, person, now, { lifetimeMs: LINK_LIFETIME_MS, isFromMachine: true });
  });
  return { url: linkUrl(origin, token), expiresAt };
}

/** A one-time way in for somebody who has an account, to be sent to their own address. */
export async function linkFor(
  { store, clock, config }: Deps,
  person: Person,
  lifetimeMs: number,
): Promise<string> {
  const token = await together(store.db, async (trx) =>
    addLink(trx, person, clock.now(), { lifetimeMs, isFromMachine: false }),
  );
  return linkUrl(adminOriginOf(config), token);
}

async function addLink(
  trx: Transaction<Tables>,
  person: Person,
  now: number,
  { lifetimeMs, isFromMachine }: { readonly lifetimeMs: number; readonly isFromMachine: boolean },
): Promise<string> {
  const made = createToken(person.organisationId);
  await trx
    .deleteFrom('sign_in_links')
    .where('organisation_id', '=', person.organisationId)
    .where('expires_at', '<=', instantOf(now))
    .execute();
  await trx
    .insertInto('sign_in_links')
    .values({
      organisation_id: made.key.organisationId,
      token_hash: made.key.tokenHash,
      person_id: person.personId,
      expires_at: instantOf(now + lifetimeMs),
      used_at: null,
      is_from_machine: isFromMachine ? 1 : 0,
    })
    .execute();
  return made.token;
}

/** In the fragment, which browsers keep to themselves: no server's or proxy's log ever sees it. */
function linkUrl(origin: string, token: string): string {
  return `${origin}/admin/#link=${token}`;
}

/** Whom a link would let in, and whether it was made at the machine; null where it lets nobody in. */
export async function holderOfLink(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  token: string,
): Promise<{ readonly person: Person; readonly isFromMachine: boolean } | null> {
  const key = keyOfToken(token);
  if (key === null) return null;
  const row = await store.db
    .selectFrom('sign_in_links')
    .select(['person_id', 'is_from_machine'])
    .where('organisation_id', '=', key.organisationId)
    .where('token_hash', '=', key.tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', instantOf(clock.now()))
    .executeTakeFirst();
  const person = row === undefined ? null : await personById(store.db, key.organisationId, row.person_id);
  if (row === undefined || person === null || person.isDeactivated) return null;
  return { person, isFromMachine: row.is_from_machine === 1 };
}

/** Spends a link. */
export async function redeemSignInLink(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  token: string,
): Promise<Result<Person, { kind: 'link-unknown' }>> {
  const key = keyOfToken(token);
  if (key === null) return err({ kind: 'link-unknown' });
  const nowIso = instantOf(clock.now());
  const spent = await store.db
    .updateTable('sign_in_links')
    .set({ used_at: nowIso })
    .where('organisation_id', '=', key.organisationId)
    .where('token_hash', '=', key.tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', nowIso)
    .returning('person_id')
    .executeTakeFirst();
  const person = spent === undefined ? null : await personById(store.db, key.organisationId, spent.person_id);
  return person === null || person.isDeactivated ? err({ kind: 'link-unknown' }) : ok(person);
}
