import { termsOf } from './search-terms.ts';

/** What texts may be about, and the words that tell it. */
export interface Theme {
  readonly themeId: string;
  readonly name: string;
  /** Words, or several that follow each other, as a person writes them. */
  readonly words: readonly string[];
}

/** A theme that a text's words tell, and the word of the list that told it: no theme is given without a reason one can read. */
export interface FoundTheme {
  readonly themeId: string;
  readonly word: string;
}

/** The terms that a word of a list is looked for as; empty where there is neither letter nor digit in it. */
export function phraseOf(word: string): readonly string[] {
  return termsOf(word).map(({ term }) => term);
}

/**
 * Reads a list once, to be held against many texts.
 *
 * @returns what the terms of one text are about: each theme once, with the first of its words, in the order of the list, that is there
 */
export function themeReader(themes: readonly Theme[]): (terms: readonly string[]) => readonly FoundTheme[] {
  const byFirstTerm = new Map<
    string,
    { themeId: string; word: string; rank: number; phrase: readonly string[] }[]
  >();
  let rank = 0;
  for (const { themeId, words } of themes)
    for (const word of words) {
      const phrase = phraseOf(word);
      const [first] = phrase;
      if (first === undefined) continue;
      const starting = byFirstTerm.get(first) ?? [];
      starting.push({ themeId, word, rank, phrase });
      byFirstTerm.set(first, starting);
      rank += 1;
    }
  return (terms) => {
    const found = new Map<string, { word: string; rank: number }>();
    terms.forEach((term, index) => {
      for (const entry of byFirstTerm.get(term) ?? []) {
        const known = found.get(entry.themeId);
        if (known !== undefined && known.rank <= entry.rank) continue;
        if (entry.phrase.every((wanted, offset) => terms[index + offset] === wanted))
          found.set(entry.themeId, { word: entry.word, rank: entry.rank });
      }
    });
    return [...found].map(([themeId, { word }]) => ({ themeId, word }));
  };
}
