import type { Clock } from './clock.ts';

const KEYS_KEPT = 10_000;

interface Window {
  startedAt: number;
  count: number;
}

/**
 * Slows down whoever guesses. A try is counted when it begins, so that many at once do not slip through, and given back when it
 * succeeds: only failures count. In memory: a restart forgets, which whoever guesses cannot bring about.
 */
export class FailedTries {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #clock: Clock;
  readonly #windows = new Map<string, Window>();

  constructor(options: { readonly limit: number; readonly windowMs: number; readonly clock: Clock }) {
    this.#limit = options.limit;
    this.#windowMs = options.windowMs;
    this.#clock = options.clock;
  }

  /** Counts a try. Returns the seconds to wait when there have been too many, null when the try may go on. */
  begin(key: string): number | null {
    const now = this.#clock.now();
    const known = this.#windows.get(key);
    const window =
      known !== undefined && now - known.startedAt < this.#windowMs ? known : { startedAt: now, count: 0 };
    if (window.count >= this.#limit) return Math.ceil((window.startedAt + this.#windowMs - now) / 1_000);
    window.count += 1;
    this.#windows.delete(key);
    this.#windows.set(key, window);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > KEYS_KEPT && oldest !== undefined) this.#windows.delete(oldest);
    return null;
  }

  /** The try succeeded: it is not held against the key. */
  forgive(key: string): void {
    const window = this.#windows.get(key);
    if (window !== undefined && window.count > 0) window.count -= 1;
  }
}

/** Whom tries are counted against: one address, or one subscriber's network of IPv6. */
export function addressKey(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/, '');
  return plain.includes(':') ? plain.split(':').slice(0, 4).join(':') : plain;
}
