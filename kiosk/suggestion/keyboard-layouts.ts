import arabic from 'simple-keyboard-layouts/build/layouts/arabic.js';
import brazilian from 'simple-keyboard-layouts/build/layouts/brazilian.js';
import english from 'simple-keyboard-layouts/build/layouts/english.js';
import french from 'simple-keyboard-layouts/build/layouts/french.js';
import german from 'simple-keyboard-layouts/build/layouts/german.js';
import spanish from 'simple-keyboard-layouts/build/layouts/spanish.js';
import turkish from 'simple-keyboard-layouts/build/layouts/turkish.js';
import ukrainian from 'simple-keyboard-layouts/build/layouts/ukrainian.js';
import type { Language } from '../../domain/survey.ts';

/** Keys that do something else than type what is written on them. */
export const SHIFT = '{shift}';
export const DELETE = '{bksp}';
export const SPACE = '{space}';
export const TO_SIGNS = '{signs}';
export const TO_LETTERS = '{letters}';

export type Page = 'letters' | 'signs';
/** The keys of a row, in the order of the hand: from left to right, whatever the direction of the script. */
export type Row = readonly string[];

export interface KeyboardLayout {
  /** Whole columns of a row; what they leave free the space bar takes. */
  readonly columns: number;
  readonly pages: Readonly<Record<Page, readonly Row[]>>;
  /** What the key back to the letters shows: the first letters of the alphabet. */
  readonly alphabet: string;
}

interface Published {
  readonly layout: Readonly<Record<string, readonly string[]>>;
}

/** The keys of a language. Each letter that it is written with has a key of its own: nobody must know dead keys. */
export function layoutOf(language: Language): KeyboardLayout {
  return LAYOUTS[language];
}

/** What a layout's row of the package has for letters; the rest of a desk's keyboard has no place on a tablet. */
function lettersOf({ layout }: Published, row: 1 | 2 | 3, more = ''): Row {
  const letters = (layout['default']?.[row] ?? '').split(' ').filter((key) => /^\p{L}+$/u.test(key));
  return [...letters, ...keys(more)];
}

function keys(row: string): Row {
  return row.split(' ').filter((key) => key !== '');
}

function keyboardOf(
  columns: number,
  letters: readonly Row[],
  signs: readonly Row[],
  alphabet: string,
): KeyboardLayout {
  // The hyphen is among the signs already.
  const foot = (letters.at(-1) ?? [])
    .filter((key) => key !== '-')
    .map((key) => (key === TO_SIGNS ? TO_LETTERS : key));
  return { columns, alphabet, pages: { letters, signs: [...signs, foot] } };
}

const DIGITS = keys('1 2 3 4 5 6 7 8 9 0');
const BRACKETS = keys('- / : ; ( ) € % & @');
const QUOTES = keys(`« » " + = * ° # … ${DELETE}`);
/** Letters of neighbours, for names of places and for whoever writes another language with this alphabet. */
const LATIN_SIGNS = [DIGITS, BRACKETS, keys('« » " + = * ° # … _'), keys(`ë ï œ æ ñ ü ö ä ß ${DELETE}`)];

const FRENCH = keyboardOf(
  10,
  [
    keys('é è ê à â ç ù û ô î'),
    lettersOf(french, 1),
    lettersOf(french, 2).filter((key) => key !== 'ù'),
    [SHIFT, ...lettersOf(french, 3, `’ - ${DELETE}`)],
    keys(`${TO_SIGNS} , ${SPACE} . ? !`),
  ],
  LATIN_SIGNS,
  'abc',
);

const LAYOUTS: Readonly<Record<Language, KeyboardLayout>> = {
  fr: FRENCH,
  'fr-x-facile': FRENCH,
  en: keyboardOf(
    10,
    [
      lettersOf(english, 1),
      lettersOf(english, 2, '’'),
      [SHIFT, ...lettersOf(english, 3, `- ${DELETE}`)],
      keys(`${TO_SIGNS} , ${SPACE} . ? !`),
    ],
    [DIGITS, BRACKETS, QUOTES],
    'abc',
  ),
  pt: keyboardOf(
    10,
    [
      keys('á à â ã é ê í ó ô õ'),
      lettersOf(brazilian, 1),
      lettersOf(brazilian, 2),
      [SHIFT, ...lettersOf(brazilian, 3, `ú ${DELETE}`)],
      keys(`${TO_SIGNS} , ’ ${SPACE} - . ? !`),
    ],
    LATIN_SIGNS,
    'abc',
  ),
  es: keyboardOf(
    10,
    [
      keys('á é í ó ú ü ç ’ ¿ ¡'),
      lettersOf(spanish, 1),
      lettersOf(spanish, 2),
      [SHIFT, ...lettersOf(spanish, 3, `- ${DELETE}`)],
      keys(`${TO_SIGNS} , ${SPACE} . ? !`),
    ],
    LATIN_SIGNS,
    'abc',
  ),
  de: keyboardOf(
    11,
    [
      lettersOf(german, 1),
      lettersOf(german, 2),
      [SHIFT, ...lettersOf(german, 3, `ß ’ ${DELETE}`)],
      keys(`${TO_SIGNS} , ${SPACE} - . ? !`),
    ],
    [[...DIGITS, '§'], [...BRACKETS, '_'], keys(`„ “ " + = * ° # … é ${DELETE}`)],
    'abc',
  ),
  tr: keyboardOf(
    12,
    [
      lettersOf(turkish, 1),
      lettersOf(turkish, 2, '’'),
      [SHIFT, ...lettersOf(turkish, 3, `- ${DELETE}`)],
      keys(`${TO_SIGNS} , ${SPACE} . ? !`),
    ],
    [
      keys('1 2 3 4 5 6 7 8 9 0 â î'),
      keys('- / : ; ( ) € ₺ % & @ û'),
      keys(`“ ” " + = * ° # … _ é ${DELETE}`),
    ],
    'abc',
  ),
  uk: keyboardOf(
    12,
    [
      lettersOf(ukrainian, 1).filter((key) => key !== 'ґ'),
      lettersOf(ukrainian, 2, 'ґ'),
      [SHIFT, ...lettersOf(ukrainian, 3, `’ ${DELETE}`)],
      keys(`${TO_SIGNS} , ${SPACE} - . ? !`),
    ],
    // The letters of Russian, which many who read Ukrainian write too.
    [
      keys('1 2 3 4 5 6 7 8 9 0 № ₴'),
      keys('- / : ; ( ) € % & @ ы э'),
      keys(`« » " + = * ° # … ё ъ ${DELETE}`),
    ],
    'абв',
  ),
  ar: keyboardOf(
    12,
    [
      lettersOf(arabic, 1),
      lettersOf(arabic, 2, 'ذ'),
      // Without upper case there is no shift: its place goes to the alef with hamza.
      lettersOf(arabic, 3, `أ ${DELETE}`),
      keys(`${TO_SIGNS} إ آ ، ${SPACE} . ؟ !`),
    ],
    [
      keys('1 2 3 4 5 6 7 8 9 0 ـ ؛'),
      keys('- / : ( ) € % & @ « » "'),
      // The marks of vowels, each on the bar that carries it where it stands alone.
      keys(`َ ً ُ ٌ ِ ٍ ّ ْ + = # ${DELETE}`),
    ],
    'أبج',
  ),
};
