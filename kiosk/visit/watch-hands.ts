import type { KioskActions } from '../kiosk.ts';

/**
 * Tells the kiosk that somebody is there, and keeps a hand from leaving the page: no menu of a long touch, nothing
 * dragged out or dropped in. Where staff paste an enrolment code, the menu stays.
 */
export function watchHands(page: Document, kiosk: Pick<KioskActions, 'noticeTouch'>): () => void {
  const watching = new AbortController();
  const { signal } = watching;
  for (const sign of ['pointerdown', 'keydown'])
    page.addEventListener(sign, () => kiosk.noticeTouch(), { signal, capture: true, passive: true });
  for (const gesture of ['contextmenu', 'dragstart', 'dragover', 'drop'])
    page.addEventListener(
      gesture,
      (event) => {
        if (!(event.target instanceof HTMLInputElement && event.target.type === 'text'))
          event.preventDefault();
      },
      { signal },
    );
  return () => watching.abort();
}
