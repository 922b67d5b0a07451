import type { Transaction } from 'kysely';
import type * as v from 'valibot';
import { err, ok, type Result } from '../../domain/result.ts';
import type { accountChangeSchema } from '../../protocol/people.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { together } from '../store/together.ts';
import type { Passwords } from './passwords.ts';
import { foldEmail, type Person, personByEmail, personById } from './people.ts';
import type { SignedIn } from './sessions.ts';
import type { TokenKey } from './tokens.ts';

export type AccountChange = v.InferOutput<typeof accountChangeSchema>;

export type AccountFailure =
  | { readonly kind: 'refused-field'; readonly field: keyof AccountChange; readonly message: string }
  | { readonly kind: 'fresh-link-needed' }
  | { readonly kind: 'too-many-requests'; readonly retryAfterSeconds: number };

/** What of an account opens it, and is changed: as the trail tells it. */
export type KeyChange = 'email' | 'password' | 'email-and-password';

/** Fewer different characters than this are guessed at once, whatever the length. */
const LEAST_DIFFERENT_CHARACTERS = 5;

/** Whether a change touches what opens the account; null where it is the name alone. */
export function whatChanges(person: Person, { email, newPassword }: AccountChange): KeyChange | null {
  const isOtherAddress = foldEmail(email) !== person.email;
  if (newPassword === undefined) return isOtherAddress ? 'email' : null;
  return isOtherAddress ? 'email-and-password' : 'password';
}

/** The hash of the password that is asked for, null where it stays. Apart from the change, so that no transaction waits for it. */
export async function newPasswordHash(
  passwords: Passwords,
  { email, newPassword }: AccountChange,
): Promise<Result<string | null, AccountFailure>> {
  if (newPassword === undefined) return ok(null);
  if (
    newPassword.toLowerCase() === foldEmail(email) ||
    new Set(newPassword).size < LEAST_DIFFERENT_CHARACTERS
  )
    return err(refusal('newPassword', 'This password would be guessed at once.'));
  return ok(await passwords.hash(newPassword));
}

/** Changes one's own account; another address or password ends every other session of the account. */
export async function changeAccount(
  store: Store,
  { person, session }: SignedIn,
  { name, email, newHash }: AccountChange & { readonly newHash: string | null },
): Promise<Result<Person, AccountFailure>> {
  return together(store.db, async (trx) => {
    const namesake = await personByEmail(trx, email);
    if (namesake !== null && namesake.personId !== person.personId)
      return err(refusal('email', 'Another account has this e-mail address.'));
    await trx
      .updateTable('people')
      .set({ name, email: foldEmail(email), ...(newHash === null ? {} : { password_hash: newHash }) })
      .where('organisation_id', '=', person.organisationId)
      .where('person_id', '=', person.personId)
      .execute();
    if (newHash !== null || foldEmail(email) !== person.email) await closeOtherWays(trx, person, session);
    const changed = await personById(trx, person.organisationId, person.personId);
    if (changed === null) throw new Error('The account went away while it was changed.');
    return ok(changed);
  });
}

async function closeOtherWays(
  trx: Transaction<Tables>,
  { organisationId, personId }: Person,
  { tokenHash }: TokenKey,
): Promise<void> {
  await trx
    .deleteFrom('sessions')
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', personId)
    .where('token_hash', '!=', tokenHash)
    .execute();
  // A link that is still open is another way into the account.
  await trx
    .deleteFrom('sign_in_links')
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', personId)
    .execute();
}

/** A field at fault, as the form shows it. */
export function refusal(field: keyof AccountChange, message: string): AccountFailure {
  return { kind: 'refused-field', field, message };
}
