import { expect, it } from 'vitest';
import { LANGUAGES } from '../../domain/survey.ts';
import { AID_WORDS } from './aid-words.ts';

/** Words that two languages rightly share. */
const SHARED = /^(Teclado|, |e-mail)/;

it.each(LANGUAGES.filter((language) => !language.startsWith('fr')))(
  'says nothing in French in %s',
  (language) => {
    const said = (words: object): readonly (readonly [string, string])[] =>
      Object.entries(words).flatMap(([key, value]) =>
        typeof value === 'string' ? [[key, value]] : said(value as object),
      );
    const french = new Map(said(AID_WORDS.fr));
    const same = said(AID_WORDS[language]).filter(
      ([key, text]) => french.get(key) === text && !SHARED.test(text),
    );
    expect(same).toEqual([]);
    expect(said(AID_WORDS[language]).filter(([, text]) => text.trim() === '')).toEqual([]);
  },
);
