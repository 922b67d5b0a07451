import { err, ok, type Result } from '../../domain/result.ts';
import type { SealingKeys } from '../assignment/sealing-keys.ts';
import type { Clock } from '../clock.ts';
import { FailedTries } from '../failed-tries.ts';
import type { Store } from '../store/store.ts';
import { type AccountChange, type AccountFailure, refusal } from './account.ts';
import type { Passwords } from './passwords.ts';
import { isCodeOf } from './second-factor.ts';
import type { SignedIn } from './sessions.ts';

const WINDOW_MS = 15 * 60_000;
const TRIES = 5;
/** So long after it has let somebody in, a link proves that it is still they who sit there. */
export const FRESH_LINK_MS = 15 * 60_000;

interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly sealingKeys: SealingKeys;
}

/**
 * Whether it is its owner who changes what opens an account: a page that was left open must not be enough to take it over. By the current
 * password or a code of the second factor; by having just come in by a link where there is neither, or where the machine made it, which is
 * for whoever has forgotten both.
 */
export class Proofs {
  readonly #deps: Deps;
  readonly #passwords: Passwords;
  readonly #tries: FailedTries;

  constructor(deps: Deps, passwords: Passwords) {
    this.#deps = deps;
    this.#passwords = passwords;
    this.#tries = new FailedTries({ limit: TRIES, windowMs: WINDOW_MS, clock: deps.clock });
  }

  async check(
    { person, way, openedAt }: SignedIn,
    { currentPassword, code }: Pick<AccountChange, 'currentPassword' | 'code'>,
  ): Promise<Result<void, AccountFailure>> {
    const isFresh = way !== 'password' && this.#deps.clock.now() - Date.parse(openedAt) < FRESH_LINK_MS;
    if (isFresh && (person.passwordHash === null || way === 'machine')) return ok(undefined);
    if (person.passwordHash === null && !person.hasSecondFactor) return err({ kind: 'fresh-link-needed' });
    const wait = this.#tries.begin(person.personId);
    if (wait !== null) return err({ kind: 'too-many-requests', retryAfterSeconds: wait });
    const isTheirs =
      (currentPassword !== undefined &&
        (await this.#passwords.verify(person.passwordHash, currentPassword))) ||
      (code !== undefined && person.hasSecondFactor && (await isCodeOf(this.#deps, person, code)));
    if (isTheirs) {
      this.#tries.forgive(person.personId);
      return ok(undefined);
    }
    return err(
      person.passwordHash === null || (code !== undefined && currentPassword === undefined)
        ? refusal('code', 'This code is wrong, or was used already.')
        : refusal('currentPassword', 'This is not the current password.'),
    );
  }
}
