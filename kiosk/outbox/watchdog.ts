import type { Clock } from '../ports.ts';

/** What a watched promise came to. */
export type Watched<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'failed'; readonly cause: unknown }
  | { readonly kind: 'hung' };

/**
 * Waits for a promise, but not for ever: IndexedDB may leave a transaction with neither success nor error when the disk is full, or a
 * connection is lost. What comes in after the time is up is ignored.
 */
export function watch<Value>(clock: Clock, limitMs: number, task: Promise<Value>): Promise<Watched<Value>> {
  return new Promise((resolve) => {
    const stop = clock.after(limitMs, () => resolve({ kind: 'hung' }));
    task.then(
      (value) => {
        stop();
        resolve({ kind: 'done', value });
      },
      (cause: unknown) => {
        stop();
        resolve({ kind: 'failed', cause });
      },
    );
  });
}
