import { holdTouches } from './hold-touches.ts';

/** Longer than a tablet takes to paint; a page that nobody looks at is not painted at all. */
const PAINT_MS = 1_000;

/**
 * Runs the kiosk: at once on an empty page. A page that came with its first screen is painted before that, and can be touched from then on.
 * The build puts this in front of the kiosk's script (`vite.config.ts`).
 */
export function runOncePainted(run: () => void): void {
  const root = document.getElementById('app');
  if (root?.firstChild == null) {
    run();
    return;
  }
  holdTouches(root);
  // The second frame begins when the first has been painted.
  const painted = new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
    setTimeout(resolve, PAINT_MS);
  });
  void painted.then(() => setTimeout(run));
}
