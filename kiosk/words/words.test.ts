import { describe, expect, it } from 'vitest';
import { SPEECH_BY_LANGUAGE, fill, fillCount, wordingIn } from './speech.ts';

const FRENCH = SPEECH_BY_LANGUAGE.fr;
const ENGLISH = SPEECH_BY_LANGUAGE.en;

describe.each(['fr', 'en'] as const)('the words in %s', (language) => {
  const speech = SPEECH_BY_LANGUAGE[language];
  const wordings = leaves(speech.words);

  it('say everything that French says', () => {
    expect([...withoutPlurals(wordings).keys()]).toEqual([...withoutPlurals(leaves(FRENCH.words)).keys()]);
  });

  it('leave nothing blank', () => {
    expect([...wordings].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('fill in the same places as French', () => {
    const french = leaves(FRENCH.words);
    for (const [key, text] of wordings)
      expect([key, placesOf(text)]).toEqual([key, placesOf(french.get(key) ?? text)]);
  });

  it('have each plural that counting to a thousand needs', () => {
    const rules = new Intl.PluralRules(language);
    const needed = [...new Set(Array.from({ length: 1_001 }, (_, count) => rules.select(count)))].toSorted();
    const plurals = Object.entries(speech.words).flatMap(([key, wording]: [string, unknown]) =>
      typeof wording === 'object' && wording !== null && 'other' in wording
        ? [[key, Object.keys(wording).toSorted()]]
        : [],
    );
    expect(plurals).toEqual(plurals.map(([key]) => [key, needed]));
  });

  it('are set with true apostrophes and ellipses', () => {
    expect([...wordings.values()].filter((text) => /'|\.\.\./.test(text))).toEqual([]);
  });
});

describe('filling in a wording', () => {
  it('writes numbers as the language does', () => {
    expect(fill(FRENCH, '{count} réponses', { count: 1_234.5 })).toBe('1\u202f234,5 réponses');
    expect(fill(ENGLISH, '{count} answers', { count: 1_234.5 })).toBe('1,234.5 answers');
  });

  it('counts none in the singular in French and in the plural in English', () => {
    expect(fillCount(FRENCH, FRENCH.words.charactersLeft, 0)).toBe('Il reste 0 caractère.');
    expect(fillCount(ENGLISH, ENGLISH.words.charactersLeft, 0)).toBe('0 characters left.');
  });

  it('leaves a place that nothing is given for', () => {
    expect(fill(FRENCH, '{unknown}', {})).toBe('{unknown}');
  });
});

describe('the town’s own wording', () => {
  it('is shown in the language chosen', () => {
    expect(wordingIn(ENGLISH, { fr: 'Merci', en: 'Thanks' })).toEqual({ text: 'Thanks', lang: 'en' });
  });

  it('is shown in French, and marked as French, where it has not been translated', () => {
    expect(wordingIn(ENGLISH, { fr: 'Merci' })).toEqual({ text: 'Merci', lang: 'fr' });
  });
});

/** Every text of a tree of words by its path. */
function leaves(tree: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, branch]: [string, unknown]) => {
      const here = `${path}/${key}`;
      if (typeof branch === 'string') return [[here, branch] as const];
      return typeof branch === 'object' && branch !== null ? [...leaves(branch, here)] : [];
    }),
  );
}

/** Plural categories differ between languages; that a plural is there at all does not. */
function withoutPlurals(wordings: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(
    [...wordings].map(([key, text]) => [key.replace(/\/(zero|one|two|few|many|other)$/, ''), text]),
  );
}

function placesOf(text: string): readonly string[] {
  return (text.match(/\{\w+\}/g) ?? []).toSorted();
}
