import type { SessionList } from '../../protocol/people.ts';
import { type Clock, instantOf } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { together } from '../store/together.ts';
import { IDLE_MS, type SignedIn } from './sessions.ts';

type Deps = { readonly store: Store; readonly clock: Clock };
type Own = Pick<SignedIn, 'person' | 'session'>;

/** The sessions of somebody that are still open, the latest used first. */
export async function ownSessions(
  { store, clock }: Deps,
  { person, session }: Own,
): Promise<SessionList['sessions']> {
  const now = clock.now();
  const rows = await store.db
    .selectFrom('sessions')
    .selectAll()
    .where('organisation_id', '=', person.organisationId)
    .where('person_id', '=', person.personId)
    .where('expires_at', '>', instantOf(now))
    .where('last_seen_at', '>', instantOf(now - IDLE_MS))
    .orderBy('last_seen_at', 'desc')
    .execute();
  return rows.map((row) => ({
    sessionId: row.session_id,
    device: row.device,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    isCurrent: row.token_hash === session.tokenHash,
  }));
}

/** Ends one of somebody's own sessions; false where they have none of that name. */
export async function closeOwnSession(
  { store }: Pick<Deps, 'store'>,
  { person }: Own,
  sessionId: string,
): Promise<boolean> {
  const { numDeletedRows } = await store.db
    .deleteFrom('sessions')
    .where('organisation_id', '=', person.organisationId)
    .where('person_id', '=', person.personId)
    .where('session_id', '=', sessionId)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Ends all of somebody's sessions, and the links that would open another. */
export async function closeOwnSessions({ store }: Pick<Deps, 'store'>, { person }: Own): Promise<void> {
  await together(store.db, async (trx) => {
    for (const table of ['sessions', 'sign_in_links'] as const)
      await trx
        .deleteFrom(table)
        .where('organisation_id', '=', person.organisationId)
        .where('person_id', '=', person.personId)
        .execute();
  });
}
