import './keyboard.css';
import './suggestion.css';
import { type KeyboardTarget, mountKeyboard as mountAtOnce } from './keyboard.ts';

export { guard } from './guard.ts';

/**
 * Puts the keyboard into its place once the screen around it has been painted: so many keys take a while to lay out, and the question is
 * read first. Returns the way to take it away again.
 */
export function mountKeyboard(place: HTMLElement, target: KeyboardTarget): () => void {
  let unmount: (() => void) | null = null;
  let isWanted = true;
  // The second frame begins when the first has been painted.
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (isWanted) unmount = mountAtOnce(place, target);
      }),
    ),
  );
  return () => {
    isWanted = false;
    unmount?.();
  };
}
