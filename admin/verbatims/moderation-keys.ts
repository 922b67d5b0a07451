import { useEffect, useRef } from 'preact/hooks';

const STORAGE_KEY = 'parvis.moderation-keys';

/** What one key does on the page of moderation. */
export type KeyedDeed = 'next' | 'previous' | 'release' | 'hide' | 'mask' | 'undo';

/** One key each, shown on the buttons. */
export const KEYS: Readonly<Record<KeyedDeed, string>> = {
  next: 'J',
  previous: 'K',
  release: 'P',
  hide: 'M',
  mask: 'C',
  undo: 'Z',
};

/**
 * Whether one key alone decides. It gets in the way of dictation software, so it can be switched off (WCAG 2.1.4); the choice stays on
 * this computer.
 */
export function areKeysOn(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off';
  } catch {
    // Storage is refused by the browser: the keys keep their usual setting.
    return true;
  }
}

export function setKeys(areOn: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, areOn ? 'on' : 'off');
  } catch {
    // As above: without storage there is nothing to remember it in.
  }
}

/** Does what a key stands for, anywhere but in a field or a dialog, and never with a modifier: those are the browser's own. */
export function useKeys(areOn: boolean, onDeed: (deed: KeyedDeed) => void): void {
  const latest = useRef(onDeed);
  latest.current = onDeed;
  useEffect(() => {
    if (!areOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.target instanceof Element && event.target.closest('input, textarea, select, dialog') !== null)
        return;
      const deed = (Object.keys(KEYS) as KeyedDeed[]).find((one) => KEYS[one] === event.key.toUpperCase());
      if (deed === undefined) return;
      event.preventDefault();
      latest.current(deed);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [areOn]);
}
