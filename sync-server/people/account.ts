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

export type AccountFailure = {
  readonly kind: 'refused-field';
  readonly field: keyof AccountChange;
  readonly message: string;
};

/** Fewer different characters than this are guessed at once, whatever the length. */
const LEAST_DIFFERENT_CHARACTERS = 5;

/**
 * The hash of the password that is asked for, null where it stays. Where a password is set, a new one is taken only with the current one.
 * Before the change, so that nobody waits for a slow hash.
 */
export async function checkedPassword(
  passwords: Passwords,
  { person }: Pick<SignedIn, 'person'>,
  { email, newPassword, currentPassword }: AccountChange,
): Promise<Result<string | null, AccountFailure>> {
  if (newPassword === undefined) return ok(null);
  if (
    newPassword.toLowerCase() === foldEmail(email) ||
    new Set(newPassword).size < LEAST_DIFFERENT_CHARACTERS
  )
    return err(refusal('newPassword', 'This password would be guessed at once.'));
  const isTheirs =
    person.passwordHash === null ||
    (currentPassword !== undefined && (await passwords.verify(person.passwordHash, currentPassword)));
  return isTheirs
    ? ok(await passwords.hash(newPassword))
    : err(refusal('currentPassword', 'This is not the current password.'));
}

/** Changes one's own account; a new password ends every other session of the account. */
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
    if (newHash !== null) await closeOtherWays(trx, person, session);
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

function refusal(field: keyof AccountChange, message: string): AccountFailure {
  return { kind: 'refused-field', field, message };
}
