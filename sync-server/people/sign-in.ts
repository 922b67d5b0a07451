import { err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../clock.ts';
import { addressKey, FailedTries } from '../failed-tries.ts';
import type { Store } from '../store/store.ts';
import type { Passwords } from './passwords.ts';
import { foldEmail, type Person, personByEmail } from './people.ts';
import { redeemSignInLink } from './sign-in-links.ts';

const WINDOW_MS = 15 * 60_000;
export const TRIES_PER_ACCOUNT = 5;
/** A whole town hall may stand behind one address. */
export const TRIES_PER_ADDRESS = 50;

export type SignInFailure =
  | { readonly kind: 'wrong-credentials' }
  | { readonly kind: 'link-unknown' }
  | { readonly kind: 'too-many-requests'; readonly retryAfterSeconds: number };

/** The two ways in. Failures are counted, by account and by address; which of e-mail and password was wrong is never told. */
export class SignIn {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #passwords: Passwords;
  readonly #byAccount: FailedTries;
  readonly #byAddress: FailedTries;

  constructor(deps: { readonly store: Store; readonly clock: Clock }, passwords: Passwords) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#passwords = passwords;
    const options = { windowMs: WINDOW_MS, clock: deps.clock };
    this.#byAccount = new FailedTries({ ...options, limit: TRIES_PER_ACCOUNT });
    this.#byAddress = new FailedTries({ ...options, limit: TRIES_PER_ADDRESS });
  }

  async withPassword(email: string, password: string, ip: string): Promise<Result<Person, SignInFailure>> {
    const account = foldEmail(email);
    const address = addressKey(ip);
    const wait = this.#byAddress.begin(address) ?? this.#byAccount.begin(account);
    if (wait !== null) return err({ kind: 'too-many-requests', retryAfterSeconds: wait });
    const person = await personByEmail(this.#store.db, account);
    const isRight = await this.#passwords.verify(person?.passwordHash ?? null, password);
    if (person === null || !isRight) return err({ kind: 'wrong-credentials' });
    this.#byAddress.forgive(address);
    this.#byAccount.forgive(account);
    return ok(person);
  }

  async withLink(token: string, ip: string): Promise<Result<Person, SignInFailure>> {
    const address = addressKey(ip);
    const wait = this.#byAddress.begin(address);
    if (wait !== null) return err({ kind: 'too-many-requests', retryAfterSeconds: wait });
    const redeemed = await redeemSignInLink({ store: this.#store, clock: this.#clock }, token);
    if (redeemed.ok) this.#byAddress.forgive(address);
    return redeemed;
  }
}
