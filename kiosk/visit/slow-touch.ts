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
      held = target.closest('button, label');
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
