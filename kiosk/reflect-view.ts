import type { Kiosk } from './kiosk.ts';

/**
 * Writes what the engine shows into the page, for whoever looks after the tablet from outside (a kiosk browser's script, a test): `data-view` is
 * `starting`, `unenrolled`, `awaitingAssignment`, `outOfOrder` or, while it serves, the visit's state (`attracting`, `asking`, `thanking`);
 * `data-waiting` counts the answers to be sent; `data-connection` and `data-storing` say what they say. Nothing of an answer.
 */
export function reflectView(kiosk: Kiosk, root: HTMLElement): void {
  const reflect = () => {
    const { view } = kiosk;
    const isServing = view.kind === 'serving';
    root.dataset.view = isServing ? view.visit.kind : view.kind;
    root.dataset.storing = String(isServing && view.isStoring);
    if (!isServing) return;
    root.dataset.waiting = String(view.sign.waiting);
    root.dataset.connection = view.sign.connection;
  };
  kiosk.subscribe(reflect);
  reflect();
}
