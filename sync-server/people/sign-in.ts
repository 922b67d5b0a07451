import { err, ok, type Result } from '../../domain/result.ts';
import type { SealingKeys } from '../assignment/sealing-keys.ts';
import type { Clock } from '../clock.ts';
import { addressKey, FailedTries } from '../failed-tries.ts';
import type { Store } from '../store/store.ts';
import type { Passwords } from './passwords.ts';
import { foldEmail, type Person, personByEmail } from './people.ts';
import { isCodeOf } from './second-factor.ts';
import { holderOfLink, redeemSignInLink } from './sign-in-links.ts';
import type { WayIn } from './sessions.ts';

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

  /**
   * A link that was sent asks for the code of the second factor too, and stays good until it has let somebody in. One that was made at the
   * machine does not: it is the way back in for whoever has lost it.
   *
   * @param within what spends the link: the transaction that lets its holder in
   */
  async withLink(
    within: Pick<Deps, 'store'>,
    { token, code }: { readonly token: string; readonly code?: string },
    ip: string,
  ): Promise<Result<{ readonly person: Person; readonly way: WayIn }, SignInFailure>> {
    const deps = { ...this.#deps, ...within };
    const address = addressKey(ip);
    const wait = this.#byAddress.begin(address);
    if (wait !== null) return err({ kind: 'too-many-requests', retryAfterSeconds: wait });
    const holder = await holderOfLink(deps, token);
    if (holder === null) return err({ kind: 'link-unknown' });
    const { person, isFromMachine } = holder;
    if (person.hasSecondFactor && !isFromMachine) {
      const refused = await this.#codeFailure(deps, person, code);
      if (refused !== null) {
        if (refused.kind === 'second-factor-needed') this.#byAddress.forgive(address);
        return err(refused);
      }
    }
    const redeemed = await redeemSignInLink(deps, token);
    if (!redeemed.ok) return redeemed;
    this.#byAddress.forgive(address);
    return ok({ person, way: isFromMachine ? 'machine' : 'link' });
  }

  /** Wrong codes are counted with the account's wrong passwords. */
  async #codeFailure(deps: Deps, person: Person, code: string | undefined): Promise<SignInFailure | null> {
    if (code === undefined) return { kind: 'second-factor-needed' };
    const wait = this.#byAccount.begin(person.email);
    if (wait !== null) return { kind: 'too-many-requests', retryAfterSeconds: wait };
    if (!(await isCodeOf(deps, person, code))) return { kind: 'second-factor-wrong' };
    this.#byAccount.forgive(person.email);
    return null;
  }
}
