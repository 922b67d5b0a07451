import { stemOf } from './french-stem.ts';
import type { Passage } from './passages.ts';

/** A word of a text as it is searched for, and where it stands. */
export interface Term extends Passage {
  /** Plain letters and digits, led by a letter: every engine takes it for one word. */
  readonly term: string;
}

/** Beyond it, a word is told from another by its beginning. */
const LONGEST = 40;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** « l’accueil » is looked for as « accueil ». */
const ELIDED = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|presqu|puisqu|quoiqu)$/i;
const APOSTROPHE = /^['’ʼ＇]/u;
const JOINED_LETTERS: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
};

/**
 * The words of a text, in its order, as both databases and the lists of words know them: without case, accents, elided articles and
 * inflections. It is the one place where a text becomes words, so that one search finds the same texts everywhere.
 */
export function termsOf(text: string): readonly Term[] {
  const terms: Term[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const end = index + word.length;
    if (ELIDED.test(word) && APOSTROPHE.test(text.slice(end, end + 1))) continue;
    const term = plainTerm(stemOf(folded(word)));
    if (term !== '') terms.push({ term, start: index, end });
  }
  return terms;
}

/** What is kept of a text for searching. */
export function searchTextOf(text: string): string {
  return termsOf(text)
    .map(({ term }) => term)
    .join(' ');
}

function folded(word: string): string {
  return word
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[œæßøłđ]/g, (letter) => JOINED_LETTERS[letter] ?? letter);
}

/** Letters of other scripts by their numbers: what a database takes for a letter depends on its version. */
function plainTerm(word: string): string {
  const signs = [...word].slice(0, LONGEST);
  const plain = signs
    .map((sign) => (/[a-z0-9]/.test(sign) ? sign : `z${(sign.codePointAt(0) ?? 0).toString(36)}z`))
    .join('');
  return /^\d/.test(plain) ? `n${plain}` : plain;
}
