const KEYS = /^(Tab|Enter|Escape| |Arrow\w+|Home|End|Page\w+)$/;
/** A letter however it is made: a key, a dead key before it, an input method, a keyboard on the glass that does not name its keys. */
const TYPING = /^(.|Backspace|Delete|Dead|Process|Unidentified)$/u;
/** Select all, copy, paste, cut, undo. */
const EDITING = /^[acvxz]$/i;

/** Whether staff type here: a code on its way in. Visitors write into a `textarea`. */
export function isStaffField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === 'text';
}

/**
 * Whether a key belongs to the browser or the system and not to a visit. What a visit needs is listed, not what it must not have: nobody
 * knows every chord of every browser.
 */
export function isFiddling(event: KeyboardEvent): boolean {
  const { key, target } = event;
  const isChord = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph');
  if (isChord) return !(isStaffField(target) && EDITING.test(key));
  return !(
    KEYS.test(key) ||
    (target instanceof Element &&
      target.matches('textarea, input:not([type=radio], [type=checkbox])') &&
      TYPING.test(key))
  );
}
