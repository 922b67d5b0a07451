import { randomUUID } from 'node:crypto';
import type { Permission } from '../../protocol/roles.ts';
import { type Clock, instantOf } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Scope, Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { together } from '../store/together.ts';
import { type Grant, grantsOf, reachesOf } from './grants.ts';
import { mayDo } from './permissions.ts';
import { type Person, personById } from './people.ts';
import { createToken, keyOfToken, type TokenKey } from './tokens.ts';

const MINUTE_MS = 60_000;
/** Without a request for this long, a session is over. */
export const IDLE_MS = 30 * MINUTE_MS;
/** And in any case after this long. */
export const LIFETIME_MS = 12 * 60 * MINUTE_MS;
/** A sign of life is written at most this often: reading a page must not cost a write to the disk. */
const TOUCH_MS = MINUTE_MS;

/** How somebody came in: by password, by a link that was sent to them, by one that was made at the machine. */
export type WayIn = Tables['sessions']['way'];

/** Somebody's session. */
export interface OpenSession {
  readonly person: Person;
  readonly grants: readonly Grant[];
  readonly session: TokenKey;
  readonly way: WayIn;
  readonly openedAt: string;
  /** When it ends in any case. */
  readonly expiresAt: string;
  /** Nothing but setting it up is open to them. */
  readonly mustSetSecondFactor: boolean;
}

/** Who is signed in. */
export interface SignedIn extends OpenSession {
  /** What the permission that the route takes reaches. */
  readonly scope: Scope;
  /** What another permission reaches, where a reply tells more to whoever has it. */
  scopeFor(permission: Permission): Scope;
}

type Deps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: Pick<Config, 'secondFactorRoles'>;
};

/** Opens a session under a new name and ends the one the browser came with, so that nobody can be made to use a known one. */
export async function openSession(
  { store, clock, config }: Deps,
  person: Person,
  {
    former,
    device,
    way,
  }: { readonly former?: string | undefined; readonly device: string; readonly way: WayIn },
): Promise<{ readonly token: string; readonly signedIn: SignedIn }> {
  const now = clock.now();
  const expiresAt = instantOf(now + LIFETIME_MS);
  const { token, key } = createToken(person.organisationId);
  await together(store.db, async (trx) => {
    const formerKey = former === undefined ? null : keyOfToken(former);
    if (formerKey !== null)
      await trx
        .deleteFrom('sessions')
        .where('organisation_id', '=', formerKey.organisationId)
        .where('token_hash', '=', formerKey.tokenHash)
        .execute();
    await trx
      .deleteFrom('sessions')
      .where('organisation_id', '=', person.organisationId)
      .where((is) =>
        is.or([is('expires_at', '<=', instantOf(now)), is('last_seen_at', '<=', instantOf(now - IDLE_MS))]),
      )
      .execute();
    await trx
      .insertInto('sessions')
      .values({
        organisation_id: key.organisationId,
        token_hash: key.tokenHash,
        session_id: randomUUID(),
        person_id: person.personId,
        created_at: instantOf(now),
        last_seen_at: instantOf(now),
        expires_at: expiresAt,
        device,
        way,
      })
      .execute();
  });
  const grants = await grantsOf(store.db, person);
  const openedAt = instantOf(now);
  const session = { person, grants, session: key, way, openedAt, expiresAt };
  const mustSetSecondFactor = mustSet(config, session);
  return {
    token,
    signedIn: await signedInWith({ store }, { ...session, mustSetSecondFactor }, 'own-account'),
  };
}

/** Who presents this token; null when it is unknown, idle for too long, or too old. */
export async function findSession(
  { store, clock, config }: Deps,
  token: string,
): Promise<OpenSession | null> {
  const key = keyOfToken(token);
  if (key === null) return null;
  const row = await store.db
    .selectFrom('sessions')
    .select(['person_id', 'way', 'created_at', 'last_seen_at', 'expires_at'])
    .where('organisation_id', '=', key.organisationId)
    .where('token_hash', '=', key.tokenHash)
    .executeTakeFirst();
  const now = clock.now();
  if (row === undefined || Date.parse(row.expires_at) <= now) return null;
  const idleMs = now - Date.parse(row.last_seen_at);
  if (idleMs >= IDLE_MS) return null;
  if (idleMs >= TOUCH_MS)
    await store.db
      .updateTable('sessions')
      .set({ last_seen_at: instantOf(now) })
      .where('organisation_id', '=', key.organisationId)
      .where('token_hash', '=', key.tokenHash)
      .execute();
  const person = await personById(store.db, key.organisationId, row.person_id);
  if (person === null || person.isDeactivated) return null;
  const { way, created_at: openedAt, expires_at: expiresAt } = row;
  const session = {
    person,
    grants: await grantsOf(store.db, person),
    session: key,
    way,
    openedAt,
    expiresAt,
  };
  return { ...session, mustSetSecondFactor: mustSet(config, session) };
}

/** A password can be guessed or stolen; a link goes to somebody's own address, or is made at the machine. */
function mustSet(
  { secondFactorRoles }: Deps['config'],
  { person, grants, way }: Pick<OpenSession, 'person' | 'grants' | 'way'>,
): boolean {
  return (
    way === 'password' &&
    !person.hasSecondFactor &&
    grants.some(({ role }) => secondFactorRoles.includes(role))
  );
}

/** What a session lets its person see and do through a route that takes this permission. */
export async function signedInWith(
  { store }: Pick<Deps, 'store'>,
  session: OpenSession,
  permission: Permission,
): Promise<SignedIn> {
  const grants = session.mustSetSecondFactor ? [] : session.grants;
  const reaches = await reachesOf(store.db, grants);
  const roles = new Map(grants.map(({ organisationId, role }) => [organisationId, role]));
  const scopeFor = (wanted: Permission): Scope => ({
    reaches: reaches.filter(({ organisationId }) => {
      const role = roles.get(organisationId);
      return role !== undefined && mayDo(role, wanted);
    }),
  });
  return { ...session, scope: scopeFor(permission), scopeFor };
}

export async function closeSession({ store }: Pick<Deps, 'store'>, key: TokenKey): Promise<void> {
  await store.db
    .deleteFrom('sessions')
    .where('organisation_id', '=', key.organisationId)
    .where('token_hash', '=', key.tokenHash)
    .execute();
}
