import type { Kiosk } from '../kiosk.ts';
import type { Clock } from '../ports.ts';

const AGAIN_MS = 5_000;

/** Loads what a tablet without a place shows, the first time it is without one, and tries again until it is there. */
export function showEnrolmentOnceNeeded(kiosk: Kiosk, clock: Clock, show: () => Promise<unknown>): void {
  const look = (): void => {
    const { kind } = kiosk.view;
    if (kind !== 'unenrolled' && kind !== 'awaitingAssignment') return;
    stop();
    show().catch(() => clock.after(AGAIN_MS, look));
  };
  const stop = kiosk.subscribe(look);
  look();
}
