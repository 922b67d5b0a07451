import { IDLE_MS } from './idle-clock.ts';

/** Gone before the first screen is French again, so that nobody finds the last visitor's panel open. */
const OPEN_MS = IDLE_MS - 1_000;

/**
 * Shows a dialog over the screen until it is touched, on a button of its own or beside it, or nobody is there any more. Closing it gives the
 * focus back to where it was. One is enough: whoever touches twice what opens it has one to close.
 *
 * @param first what has the focus when it opens
 */
export function showPanel(page: Document, dialog: HTMLDialogElement, first: HTMLElement): void {
  if (page.querySelector('.panel[open]') !== null) return;
  const timer = setTimeout(() => dialog.close(), OPEN_MS);
  dialog.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    clearTimeout(timer);
    dialog.remove();
  });
  page.body.append(dialog);
  dialog.showModal();
  first.focus();
}
