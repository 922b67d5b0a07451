import { err, ok, type Result } from '../../domain/result.ts';
import type { SealingKeys } from '../assignment/sealing-keys.ts';
import type { Clock } from '../clock.ts';
import { addressKey, FailedTries } from '../failed-tries.ts';
import type { Store } from '../store/store.ts';
import type { Passwords } from './passwords.ts';
import { foldEmail, type Person, personByEmail } from './people.ts';
import { isCodeOf } from './second-factor.ts';
import { redeemSignInLink } from './sign-in-links.ts';

const WINDOW_MS = 15 * 60_000;
export const TRIES_PER_ACCOUNT = 5;
/** A whole town hall may stand behind one address. */
export const TRIES_PER_ADDRESS = 50;

export type SignInFailure =
  | { readonly kind: 'wrong-credentials' }
  | { readonly kind: 'link-unknown' }
  | { readonly kind: 'second-factor-needed' | 'second-factor-wrong' }
  | { readonly kind: 'too-many-requests'; readonly retryAfterSeconds: number };

type Deps = { readonly store: Store; readonly clock: Clock; readonly sealingKeys: SealingKeys };

/** The two ways in. Failures are counted, by account and by address; which of e-mail and password was wrong is never told. */
export class SignIn {
  readonly #deps: Deps;
  readonly #passwords: Passwords;
  readonly #byAccount: FailedTries;
  readonly #byAddress: FailedTries;

  constructor(deps: Deps, passwords: Passwords) {
    this.#deps = deps;
    this.#passwords = passwords;
    const options = { windowMs: WINDOW_MS, clock: deps.clock };
    this.#byAccount = new FailedTries({ ...options, limit: TRIES_PER_ACCOUNT });
    this.#byAddress = new FailedTries({ ...options, limit: TRIES_PER_ADDRESS });
  }

  /** @param code of the second factor, where one is known to be needed; an account that has none does not look at it */
  async withPassword(
    { email, password, code }: { readonly email: string; readonly password: string; readonly code?: string },
    ip: string,
  ): Promise<Result<Person, SignInFailure>> {
    const account = foldEmail(email);
    const address = addressKey(ip);
    const wait = this.#byAddress.begin(address) ?? this.#byAccount.begin(account);
    if (wait !== null) return err({ kind: 'too-many-requests', retryAfterSeconds: wait });
    const person = await personByEmail(this.#deps.store.db, account);
    const isRight = await this.#passwords.verify(person?.passwordHash ?? null, password);
    if (person === null || !isRight || person.isDeactivated) return err({ kind: 'wrong-credentials' });
    // A wrong code is counted as a wrong password is; a code that was not asked for yet is not.
    if (person.hasSecondFactor && code !== undefined && !(await isCodeOf(this.#deps, person, code)))
      return err({ kind: 'second-factor-wrong' });
    this.#byAddress.forgive(address);
    this.#byAccount.forgive(account);
    return person.hasSecondFactor && code === undefined ? err({ kind: 'second-factor-needed' }) : ok(person);
  }

  /** @param within what spends the link: the transaction that lets its holder in */
  async withLink(
    within: Pick<Deps, 'store'>,
    token: string,
    ip: string,
  ): Promise<Result<Person, SignInFailure>> {
    const address = addressKey(ip);
    const wait = this.#byAddress.begin(address);
    if (wait !== null) return err({ kind: 'too-many-requests', retryAfterSeconds: wait });
    const redeemed = await redeemSignInLink({ ...this.#deps, ...within }, token);
    if (redeemed.ok) this.#byAddress.forgive(address);
    return redeemed;
  }
}
