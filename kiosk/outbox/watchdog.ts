import { err, ok } from '../../domain/result.ts';
import type { Clock } from '../ports.ts';
import type { Stored } from './outbox.ts';

/** A full disk can leave a transaction without any answer for ever; a strict write takes milliseconds, even on an old tablet. */
export const WATCHDOG_MS = 2_000;

/** Waits for storage, but not for ever: whatever it does, this settles within `limitMs` and never rejects. */
export function watched<Value>(
  clock: Clock,
  work: () => Promise<Value>,
  limitMs = WATCHDOG_MS,
): Stored<Value> {
  return new Promise((resolve) => {
    const callOff = clock.after(limitMs, () => resolve(err({ kind: 'timedOut' })));
    work().then(
      (value) => {
        callOff();
        resolve(ok(value));
      },
      (error: unknown) => {
        callOff();
        resolve(
          err(
            error instanceof NotDurable ? { kind: 'notDurable' } : { kind: 'refused', name: nameOf(error) },
          ),
        );
      },
    );
  });
}

/** Thrown inside a transaction whose engine does not promise strict durability: it is aborted and nothing is written. */
export class NotDurable extends Error {}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
