/**
 * How the shift key stands. `sentence`: raised by itself for the first letter of a sentence. `once`: touched, for one letter.
 * `locked`: touched twice, until it is touched again.
 */
export type Shift = 'off' | 'sentence' | 'once' | 'locked';

/** A touch on the shift key. */
export function shiftTouched(shift: Shift): Shift {
  switch (shift) {
    case 'off':
      return 'once';
    case 'once':
      return 'locked';
    case 'sentence':
    case 'locked':
      return 'off';
  }
}

/** The text has changed or the caret has moved. */
export function shiftAfter(shift: Shift, startsSentence: boolean): Shift {
  if (shift === 'locked') return 'locked';
  return startsSentence ? 'sentence' : 'off';
}

/** A key as it is typed. German has no capital ß in its words, and a few letters none at all. */
export function cased(key: string, shift: Shift, language: string): string {
  if (shift === 'off' || key === 'ß') return key;
  return key.toLocaleUpperCase(language);
}
