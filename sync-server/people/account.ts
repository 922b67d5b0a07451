import type * as v from 'valibot';
import { err, ok, type Result } from '../../domain/result.ts';
import type { accountChangeSchema } from '../../protocol/people.ts';
import type { Store } from '../store/store.ts';
import type { Passwords } from './passwords.ts';
import { foldEmail, type Person, personByEmail, personById } from './people.ts';
import type { SignedIn } from './sessions.ts';

export type AccountChange = v.InferOutput<typeof accountChangeSchema>;

export type AccountFailure = {
  readonly kind: 'refused-field';
  readonly field: keyof AccountChange;
  readonly message: string;
};

/** Fewer different characters than this are guessed at once, whatever the length. */
const LEAST_DIFFERENT_CHARACTERS = 5;

/**
 * Changes one's own account. Where a password is set, a new one is taken only with the current one; a new password ends every
 * other session of the account.
 */
export async function changeAccount(
  store: Store,
  passwords: Passwords,
  { person, session }: SignedIn,
  change: AccountChange,
): Promise<Result<Person, AccountFailure>> {
  const refused = await whyRefused(store, passwords, person, change);
  if (refused !== null) return err(refused);
  const newHash = change.newPassword === undefined ? null : await passwords.hash(change.newPassword);
  await store.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('people')
      .set({
        name: change.name,
        email: foldEmail(change.email),
        ...(newHash === null ? {} : { password_hash: newHash }),
      })
      .where('organisation_id', '=', person.organisationId)
      .where('person_id', '=', person.personId)
      .execute();
    if (newHash === null) return;
    await trx
      .deleteFrom('sessions')
      .where('organisation_id', '=', person.organisationId)
      .where('person_id', '=', person.personId)
      .where('token_hash', '!=', session.tokenHash)
      .execute();
    // A link that is still open is another way into the account.
    await trx
      .deleteFrom('sign_in_links')
      .where('organisation_id', '=', person.organisationId)
      .where('person_id', '=', person.personId)
      .execute();
  });
  const changed = await personById(store.db, person.organisationId, person.personId);
  if (changed === null) throw new Error('The account went away while it was changed.');
  return ok(changed);
}

async function whyRefused(
  store: Store,
  passwords: Passwords,
  person: Person,
  { email, newPassword, currentPassword }: AccountChange,
): Promise<AccountFailure | null> {
  const namesake = await personByEmail(store.db, email);
  if (namesake !== null && namesake.personId !== person.personId)
    return refusal('email', 'Another account has this e-mail address.');
  if (newPassword === undefined) return null;
  if (
    newPassword.toLowerCase() === foldEmail(email) ||
    new Set(newPassword).size < LEAST_DIFFERENT_CHARACTERS
  )
    return refusal('newPassword', 'This password would be guessed at once.');
  if (person.passwordHash === null) return null;
  return currentPassword !== undefined && (await passwords.verify(person.passwordHash, currentPassword))
    ? null
    : refusal('currentPassword', 'This is not the current password.');
}

function refusal(field: keyof AccountChange, message: string): AccountFailure {
  return { kind: 'refused-field', field, message };
}
