/**
 * A finger that stays for longer than a moment is a touch as any other: hands that are slow or shake must not have to be quick. Where a
 * browser takes it for the wish for a menu it gives no click, so the click is made here when the finger is taken off, if it is still there.
 */
export function answerSlowTouches(page: Document, signal: AbortSignal): void {
  let isDown = false;
  let held: HTMLElement | null = null;
  const options = { signal, capture: true };
  page.addEventListener(
    'pointerdown',
    () => {
      isDown = true;
      held = null;
    },
    options,
  );
  page.addEventListener(
    'contextmenu',
    ({ pointerType, target }: MouseEvent & { readonly pointerType?: string }) => {
      if (pointerType !== 'touch' || !(target instanceof Element)) return;
      held = target.closest('button, label:not(.level)');
      // Some systems ask for the menu only once the finger is off.
      if (!isDown) held?.click();
    },
    options,
  );
  page.addEventListener(
    'pointerup',
    ({ clientX, clientY }) => {
      isDown = false;
      if (held?.contains(page.elementFromPoint(clientX, clientY)) === true) held.click();
      held = null;
    },
    options,
  );
}

/**
 * Whether a lifted finger has answered a question, and is to mean nothing more. A level is answered as soon as the finger is off, long
 * touch or short: the browser would look at it for some more frames before it spoke of a click.
 *
 * @param isSecondTap whether it is the second half of a double tap, which answers nothing
 */
export function answersAtOnce(
  { target, touches, changedTouches: [finger] }: TouchEvent,
  isSecondTap: () => boolean,
): boolean {
  const level = target as HTMLInputElement;
  const wasOneOfSeveral = isOneOfSeveral;
  isOneOfSeveral = touches.length > 0;
  if (
    level.name !== 'level' ||
    wasOneOfSeveral ||
    isOneOfSeveral ||
    finger === undefined ||
    // Slid off, it has changed its mind.
    !isOver(finger, level.getBoundingClientRect())
  )
    return false;
  if (!isSecondTap()) level.click();
  return true;
}

/** Asks the rectangle: looking up what lies under a finger takes a slow tablet some milliseconds. */
const isOver = ({ clientX, clientY }: Touch, { left, right, top, bottom }: DOMRect): boolean =>
  clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;

/** Whether another finger is still down: the last of two to leave has pinched, and answers as little as the first. */
let isOneOfSeveral = false;
