import type { KioskView, Touch } from '../kiosk.ts';
import type { Clock } from '../ports.ts';

/** Two touches of one place within this are one double tap, whichever engine counts them. */
export const DOUBLE_TAP_MS = 300;
/** How far the second may land from the first: less than half of the smallest thing that can be touched. */
const SAME_PLACE_PX = 40;
/** A finger held longer than this means what it does; and a click without a finger of its own is not taken for a late one. */
const HELD_MS = 1_000;

export interface DoubleTapGuard {
  /**
   * A finger comes down, or a key.
   *
   * @param touch null for a key
   * @param view what is shown at this moment: a double tap matters only where the first tap has changed it
   */
  press(touch: Touch | null, view: KioskView): void;
  /** Whether what follows from the last press is the second half of a double tap, or the third of three: it answers nothing. */
  isSecond(): boolean;
}

/**
 * Keeps the second tap of a double tap from answering the question that has just appeared under the finger. It goes by time and place, so
 * that somebody quick who touches different faces is heard, as is a letter typed twice, which changes no screen.
 */
export function createDoubleTapGuard(clock: Clock): DoubleTapGuard {
  let last: {
    readonly touch: Touch;
    readonly screen: string;
    readonly atMs: number;
    readonly isSecond: boolean;
  } | null = null;
  let secondAtMs = Number.NEGATIVE_INFINITY;

  return {
    press(touch, view) {
      const screen = screenOf(view);
      const atMs = clock.elapsed();
      const isSecond =
        touch !== null &&
        last !== null &&
        (last.screen !== screen || last.isSecond) &&
        atMs - last.atMs < DOUBLE_TAP_MS &&
        Math.hypot(touch.x - last.touch.x, touch.y - last.touch.y) < SAME_PLACE_PX;
      secondAtMs = isSecond ? atMs : Number.NEGATIVE_INFINITY;
      last = touch === null ? null : { touch, screen, atMs, isSecond };
    },
    isSecond: () => clock.elapsed() - secondAtMs < HELD_MS,
  };
}

/** Names what is under the finger, as far as answering goes. */
function screenOf(view: KioskView): string {
  if (view.kind !== 'serving') return view.kind;
  return view.visit.kind === 'asking' ? `${view.visit.step}` : view.visit.kind;
}
