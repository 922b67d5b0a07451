import { DRAWN } from './draw-over.ts';

/**
 * Holds what is touched on the first screen that a page came with, until the kiosk has drawn itself over it, and then gives it to the
 * kiosk: provided that it asks the same question, and has the same thing under the finger. The last touch counts: until it is answered, a
 * face stays marked as the chosen one, and another may be chosen in its place.
 */
export function holdTouches(root: HTMLElement): void {
  const question = questionIn(root);
  let held: MouseEvent | null = null;
  const hold = (event: MouseEvent): void => {
    event.stopPropagation();
    held = event;
  };
  root.addEventListener('click', hold, true);
  root.addEventListener(DRAWN, () => {
    root.removeEventListener('click', hold, true);
    if (held !== null && questionIn(root) === question) give(held);
  });
}

const questionIn = (root: HTMLElement): string | undefined => root.querySelector('main')?.innerHTML;

function give({ clientX, clientY, target }: MouseEvent): void {
  const found = document.elementFromPoint(clientX, clientY) as HTMLElement | null;
  if (found?.outerHTML !== (target as Element).outerHTML) return;
  // So that a second tap that comes now is known for one.
  found.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, clientX, clientY }));
  found.click();
}
