import type { KioskActions } from '../kiosk.ts';
import { answerSlowTouches, answersAtOnce } from './slow-touch.ts';
import { bringFocus } from './use-heading-focus.ts';
import { isFiddling, isStaffField } from './watch-keys.ts';

/** Each by itself would leave the page, enlarge it, or carry something of a visitor's out of it. */
const WAYS_OUT = [
  'contextmenu',
  'dragstart',
  'dragover',
  'drop',
  'copy',
  'cut',
  'paste',
  // Two fingers on an iPad, which takes no notice of what a page says about zooming.
  'gesturestart',
];

/**
 * Tells the kiosk that somebody is there, takes the second half of a double tap away from whatever lies under it by now, and keeps a hand
 * from leaving the page: no menu of a long touch, nothing dragged, copied or pasted, nothing enlarged, no key that belongs to the browser,
 * no other page. Where staff type an enrolment code, menu and clipboard stay.
 */
export function watchHands(
  page: Document,
  kiosk: Pick<KioskActions, 'noticeTouch' | 'isSecondTap' | 'type'>,
  way: EventTarget | undefined = (window as { navigation?: EventTarget }).navigation,
): () => void {
  const watching = new AbortController();
  const { signal } = watching;
  const refuse = (place: EventTarget | undefined, name: string, isRefused: (event: never) => boolean) =>
    // Browsers take a listener for touches and wheels to be passive unless they are told.
    place?.addEventListener(name, (event) => void (isRefused(event as never) && event.preventDefault()), {
      signal,
      capture: true,
      passive: false,
    });

  const early = { signal, capture: true };
  page.addEventListener(
    'keydown',
    (event) => {
      kiosk.noticeTouch();
      // Meant for the screen before: it must neither answer the new one unseen, nor be undone by the focus that follows the paint.
      if (bringFocus()) event.stopPropagation();
    },
    { ...early, passive: true },
  );
  page.addEventListener('pointerdown', ({ clientX: x, clientY: y }) => kiosk.noticeTouch({ x, y }), {
    ...early,
    passive: true,
  });
  page.addEventListener(
    'click',
    (event) => {
      // A click that no finger made, of a key or a switch, counts no taps.
      if (event.detail === 0 || !kiosk.isSecondTap()) return;
      event.preventDefault();
      event.stopPropagation();
    },
    early,
  );
  answerSlowTouches(page, signal);
  for (const name of WAYS_OUT) refuse(page, name, ({ target }: Event) => !isStaffField(target));
  refuse(page, 'touchend', (event: TouchEvent) => answersAtOnce(event, kiosk.isSecondTap));
  refuse(page, 'touchmove', ({ touches }: TouchEvent) => touches.length > 1);
  refuse(page, 'wheel', ({ ctrlKey }: WheelEvent) => ctrlKey);
  refuse(page, 'keydown', isFiddling);
  // The page may load itself anew and keep its own address in order; it goes nowhere else, and not back.
  // No screen of a visit can begin a download; the one there is lies behind the staff's code.
  refuse(
    way,
    'navigate',
    ({ navigationType, destination, downloadRequest }: NavigateEvent) =>
      navigationType !== 'reload' && downloadRequest == null && !destination.sameDocument,
  );
  // What is still being typed does not wait in the browser's memory of pages.
  page.defaultView?.addEventListener('pagehide', () => kiosk.type(''), { signal });
  return () => watching.abort();
}
