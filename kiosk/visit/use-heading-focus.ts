import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** What the screen that is about to be painted waits with until it is. */
let bring: (() => void) | null = null;

/**
 * Brings the focus to the heading each time `key` changes, and what is in sight: a new screen is read out from its top. It waits until
 * the screen is painted: a focus makes the browser lay the page out on the spot, and the eye comes first.
 */
export function useHeadingFocus(key: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    bring = () => {
      window.scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    };
  }, [key]);
  useEffect(() => void bringFocus(), [key]);
  return heading;
}

/** For a key that is quicker than the paint: it goes on from the heading of the new screen. Says whether the focus was still to come. */
export function bringFocus(): boolean {
  const isToCome = bring !== null;
  bring?.();
  bring = null;
  return isToCome;
}
