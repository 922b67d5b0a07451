import type { Clock } from '../ports.ts';

/** The first face comes first: what nobody waits for begins after it. */
const BEGIN_MS = 1_500;
const AGAIN_MS = 60_000;

/** Does what can wait a moment after the start, and tries once a minute until it has been done. */
export function keepTrying(clock: Clock, task: () => Promise<void>, beginMs = BEGIN_MS): void {
  const attempt = (): void => void task().catch(() => clock.after(AGAIN_MS, attempt));
  clock.after(beginMs, attempt);
}
