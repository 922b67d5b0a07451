import type { Passage } from './passages.ts';
import { type Term, termsOf } from './search-terms.ts';

/** What is searched for: each phrase is one term, or several that follow each other. */
export interface SearchQuery {
  readonly required: readonly (readonly string[])[];
  readonly excluded: readonly (readonly string[])[];
}

const MOST_PHRASES = 20;
const MOST_TERMS = 20;
/** A sign of « without », what is between quotation marks or not, in the order it was typed. */
const PART =
  /(?<without>[-−–]?)(?:"(?<quoted>[^"]*)"?|«(?<french>[^»]*)»?|“(?<curly>[^”]*)”?|(?<bare>[^\s"«“]+))/gu;
/** Words that carry nothing alone; between quotation marks they count. */
const SMALL_WORDS = new Set(
  'le la les un une des du de au aux et ou en dans sur pour par a ce ces cette est son sa ses mon ma mes que qui il elle on nous vous je'.split(
    ' ',
  ),
);

/**
 * Reads what a person types: words that must all be there, « exact phrases » between quotation marks, and what must not be there behind a
 * hyphen. Every string is a query; one without a single letter or digit looks for nothing.
 */
export function parseSearch(typed: string): SearchQuery {
  const required: (readonly string[])[] = [];
  const small: (readonly string[])[] = [];
  const excluded: (readonly string[])[] = [];
  for (const { groups = {}, index } of typed.matchAll(PART)) {
    // A hyphen inside a word is part of it: « rendez-vous ».
    const isExcluded = groups['without'] !== '' && (index === 0 || /\s/u.test(typed[index - 1] ?? ''));
    const quoted = groups['quoted'] ?? groups['french'] ?? groups['curly'];
    const words = quoted ?? groups['bare'] ?? '';
    const terms = termsOf(words)
      .slice(0, MOST_TERMS)
      .map(({ term }) => term);
    if (terms.length === 0) continue;
    const isSmall = quoted === undefined && SMALL_WORDS.has(words.toLowerCase());
    if (isExcluded) excluded.push(terms);
    else if (isSmall) small.push(terms);
    else required.push(terms);
  }
  return {
    // Small words alone are what is looked for.
    required: (required.length === 0 ? small : required).slice(0, MOST_PHRASES),
    excluded: excluded.slice(0, MOST_PHRASES),
  };
}

/** Whether nothing is looked for, so that nothing can be found. */
export function isEmptySearch({ required, excluded }: SearchQuery): boolean {
  return required.length === 0 && excluded.length === 0;
}

/** Where in a text its terms follow each other as one of these phrases; no passage overlaps another. */
export function passagesWith(
  terms: readonly Term[],
  phrases: readonly (readonly string[])[],
): readonly Passage[] {
  const found: Passage[] = [];
  for (let index = 0; index < terms.length; ) {
    const phrase = longestAt(terms, index, phrases);
    const first = terms[index];
    const last = terms[index + phrase - 1];
    if (phrase > 0 && first !== undefined && last !== undefined)
      found.push({ start: first.start, end: last.end });
    index += Math.max(1, phrase);
  }
  return found;
}

/** Whether a text's terms hold the phrase somewhere. */
export function holdsPhrase(terms: readonly string[], phrase: readonly string[]): boolean {
  return terms.some((_, index) => isAt(terms, index, phrase));
}

function longestAt(terms: readonly Term[], index: number, phrases: readonly (readonly string[])[]): number {
  let longest = 0;
  for (const phrase of phrases)
    if (phrase.length > longest && phrase.every((term, offset) => terms[index + offset]?.term === term))
      longest = phrase.length;
  return longest;
}

function isAt(terms: readonly string[], index: number, phrase: readonly string[]): boolean {
  return phrase.length > 0 && phrase.every((term, offset) => terms[index + offset] === term);
}
