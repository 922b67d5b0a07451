import { DRAWN } from './draw-over.ts';

/**
 * Holds what is touched on the first screen that a page came with, until the kiosk has drawn itself over it, and then gives it to the
 * kiosk: provided that it asks the same question, and has the same thing under the finger. The last touch counts: until it is answered, a
 * face stays marked as the chosen one, and another may be chosen in its place.
 */
export function holdTouches(root: HTMLElement): void {
  const question = questionIn(root);
  let held: Touched | null = null;
  const hold = (event: Event): void => {
    event.stopPropagation();
    const { target } = event;
    if (!(target instanceof Element)) return;
    const { left, top, width, height } = target.getBoundingClientRect();
    held = { clientX: left + width / 2, clientY: top + height / 2, markup: target.outerHTML };
  };
  root.addEventListener('click', hold, true);
  root.addEventListener(
    DRAWN,
    () => {
      root.removeEventListener('click', hold, true);
      if (held !== null && questionIn(root) === question) give(held);
    },
    { once: true },
  );
}

/** Its middle, and what it is. */
interface Touched {
  readonly clientX: number;
  readonly clientY: number;
  readonly markup: string;
}

const questionIn = (root: HTMLElement): string | undefined => root.querySelector('main')?.innerHTML;

function give({ clientX, clientY, markup }: Touched): void {
  const target = document.elementFromPoint(clientX, clientY);
  if (!(target instanceof HTMLElement) || target.outerHTML !== markup) return;
  // So that a second tap that comes now is known for one.
  target.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, clientX, clientY }));
  target.click();
}
