import type { Kiosk } from '../kiosk.ts';

/** What the page's root is told once the kiosk has drawn itself into it. */
export const DRAWN = 'drawn';

/**
 * Draws the kiosk once there is something to draw, in place of the first screen that the page came with (`sw/first-screen.ts`).
 *
 * @param draw draws into `root`, at once
 * @param keep is handed the first screen for the next start where it is not the one the page came with; nothing where there is none
 */
export function drawOver(
  root: HTMLElement,
  kiosk: Pick<Kiosk, 'view' | 'subscribe'>,
  draw: () => void,
  keep: (markup: string) => void,
): void {
  const before = root.innerHTML;
  const stop = kiosk.subscribe(() => {
    stop();
    root.replaceChildren();
    draw();
    const drawn = kiosk.view.kind === 'serving' ? root.innerHTML : '';
    if (drawn !== before) keep(drawn);
    root.dispatchEvent(new Event(DRAWN));
  });
}
