import { type Clock, instantOf } from '../clock.ts';
import type { Scope, Store } from '../store/store.ts';
import { type Person, personById, scopeOf } from './people.ts';
import { createToken, keyOfToken, type TokenKey } from './tokens.ts';

const MINUTE_MS = 60_000;
/** Without a request for this long, a session is over. */
export const IDLE_MS = 30 * MINUTE_MS;
/** And in any case after this long. */
export const LIFETIME_MS = 12 * 60 * MINUTE_MS;
/** A sign of life is written at most this often: reading a page must not cost a write to the disk. */
const TOUCH_MS = MINUTE_MS;

/** Who is signed in, and what they may see. */
export interface SignedIn {
  readonly person: Person;
  readonly scope: Scope;
  readonly session: TokenKey;
}

type Deps = { readonly store: Store; readonly clock: Clock };

/** Opens a session under a new name and ends the one the browser came with, so that nobody can be made to use a known one. */
export async function openSession(
  { store, clock }: Deps,
  person: Person,
  former: string | undefined,
): Promise<{ readonly token: string; readonly signedIn: SignedIn }> {
  const now = clock.now();
  const { token, key } = createToken(person.organisationId);
  await store.db.transaction().execute(async (trx) => {
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
        person_id: person.personId,
        created_at: instantOf(now),
        last_seen_at: instantOf(now),
        expires_at: instantOf(now + LIFETIME_MS),
      })
      .execute();
  });
  return { token, signedIn: { person, scope: await scopeOf(store.db, person), session: key } };
}

/** Who presents this token; null when it is unknown, idle for too long, or too old. */
export async function findSession({ store, clock }: Deps, token: string): Promise<SignedIn | null> {
  const key = keyOfToken(token);
  if (key === null) return null;
  const row = await store.db
    .selectFrom('sessions')
    .select(['person_id', 'last_seen_at', 'expires_at'])
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
  if (person === null) return null;
  return { person, scope: await scopeOf(store.db, person), session: key };
}

export async function closeSession({ store }: Pick<Deps, 'store'>, key: TokenKey): Promise<void> {
  await store.db
    .deleteFrom('sessions')
    .where('organisation_id', '=', key.organisationId)
    .where('token_hash', '=', key.tokenHash)
    .execute();
}
