import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { ProblemError } from '../problems.ts';

/** OWASP's least for argon2id: 19 MiB, two passes, one lane. The algorithm can be named by its number only. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** A flood of sign-ins may take neither both cores nor the memory. */
const HASHES_AT_ONCE = 2;
const HASHES_WAITING = 50;

/**
 * Hashes and checks passwords, two at a time; the others queue. A queue that is too long is refused as `overloaded`.
 * One per server.
 */
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  /** The hash of no password at all: what somebody unknown is checked against. */
  #decoy: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(normalized(password), ARGON2ID));
  }

  /**
   * Whether it is the password. Somebody unknown, and an account without a password, cost as much time as a wrong password,
   * so that time does not tell who has an account.
   */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    this.#decoy ??= hash(randomBytes(16), ARGON2ID);
    const known = passwordHash ?? (await this.#decoy);
    const isRight = await this.#inTurn(() => verify(known, normalized(password)));
    return isRight && passwordHash !== null;
  }

  async #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#waiting.length >= HASHES_WAITING)
      throw new ProblemError('overloaded', { retryAfterSeconds: 5 });
    if (this.#running >= HASHES_AT_ONCE)
      // Whoever ends hands its place over, so `#running` does not change.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}

/** An é is one letter or two according to the keyboard; both are the same password (NIST SP 800-63B, 3.1.1.2). */
function normalized(password: string): string {
  return password.normalize('NFKC');
}
