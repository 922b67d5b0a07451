import type { Clock } from '../ports.ts';

/** The corner a line of text begins in; as wide as a thumb, and no wider than the mark that stands there. */
const CORNER_PX = 96;
const HOLD_MS = 3_000;
/** A hand that rests trembles; one that draws goes somewhere. */
const SLIP_PX = 30;

/**
 * Calls back when a finger has been held for three seconds in the first corner of the screen, or a keyboard's Ctrl + Alt + Maj + M is pressed.
 * It rests on coordinates alone: nothing is there to be focused, read out or touched twice, so that nobody who explores the screen meets it.
 */
export function watchCorner(page: Document, clock: Clock, onCalled: () => void): () => void {
  const watching = new AbortController();
  let callOff: (() => void) | null = null;
  let held: { readonly pointerId: number; readonly x: number; readonly y: number } | null = null;

  function letGo(): void {
    callOff?.();
    held = null;
  }
  function on<Name extends keyof DocumentEventMap>(
    name: Name,
    react: (event: DocumentEventMap[Name]) => void,
  ): void {
    page.addEventListener(name, react, { signal: watching.signal, capture: true, passive: true });
  }

  on('pointerdown', ({ pointerId, clientX: x, clientY: y, isPrimary }) => {
    letGo();
    // A second finger is a hand that leans on the screen.
    if (!isPrimary || !isInCorner(page, x, y)) return;
    held = { pointerId, x, y };
    callOff = clock.after(HOLD_MS, () => {
      letGo();
      onCalled();
    });
  });
  on('pointermove', ({ clientX, clientY }) => {
    if (held !== null && Math.hypot(clientX - held.x, clientY - held.y) > SLIP_PX) letGo();
  });
  for (const end of ['pointerup', 'pointercancel'] as const) on(end, letGo);
  on('keydown', (event) => {
    if (event.ctrlKey && event.altKey && event.shiftKey && event.code === 'KeyM') onCalled();
  });
  return () => {
    watching.abort();
    letGo();
  };
}

function isInCorner({ documentElement }: Document, x: number, y: number): boolean {
  const across = documentElement.dir === 'rtl' ? documentElement.clientWidth - x : x;
  return across <= CORNER_PX && y <= CORNER_PX;
}
