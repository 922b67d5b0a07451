import { beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../domain/survey.ts';
import { OWN_NAMES, localeOf } from './languages.ts';
import { fill, fillCount, levelToText, wordingIn } from './speech.ts';
import { FRENCH_SPEECH, type Speeches, createSpeeches } from './speeches.ts';
import { bringAllSpeeches } from './staged-speeches.ts';

let speeches: Speeches;
beforeAll(async () => {
  speeches = await bringAllSpeeches();
});

/** What is the same in French or in English, on purpose: easy French where French is easy already, Spanish where it says « no ». */
const SAME_ON_PURPOSE: Readonly<Partial<Record<Language, RegExp>>> = {
  'fr-x-facile':
    /^\/(title|languages|close|comfort|comforts\/spoken|noVoice|progress|said|done|thanks|levels\/(yes|no)|agreement\/.*|secondsLeft\/.*)$/,
  es: /^\/levels\/no$/,
};
/** Plural forms of one number only, which say it in a word. */
const NUMBER_IN_WORDS = /\/(zero|one|two)$/;

describe.each(LANGUAGES)('the words in %s', (language) => {
  it('are brought, and say which language they are', () => {
    expect(speeches.speak(language)).toMatchObject({
      language,
      direction: language === 'ar' ? 'rtl' : 'ltr',
    });
    expect(OWN_NAMES[language]).toMatch(/\p{L}{5,}/u);
  });

  it('say everything that French says', () => {
    expect([...keysOf(language)].toSorted()).toEqual([...keysOf('fr')].toSorted());
  });

  it('leave nothing blank, and no space at an end', () => {
    expect([...wordingsOf(language)].filter(([, text]) => text === '' || text !== text.trim())).toEqual([]);
  });

  it('fill in the same places as French', () => {
    const french = wordingsOf('fr');
    for (const [key, text] of wordingsOf(language)) {
      const places = placesOf(french.get(key) ?? french.get(key.replace(/[^/]+$/, 'other')) ?? '');
      const isNumberInWords = language === 'ar' && NUMBER_IN_WORDS.test(key) && !text.includes('{count}');
      expect([key, placesOf(text)]).toEqual([
        key,
        places.filter((place) => !(isNumberInWords && place === '{count}')),
      ]);
    }
  });

  it('have each plural that counting to a thousand needs, and no other', () => {
    const rules = new Intl.PluralRules(localeOf(language));
    const needed = [...new Set(Array.from({ length: 1_001 }, (_, count) => rules.select(count)))].toSorted();
    const plurals = Object.entries(speeches.speak(language).words).flatMap(
      ([key, wording]: [string, unknown]) =>
        typeof wording === 'object' && wording !== null && 'other' in wording
          ? [[key, withoutRest(needed, Object.keys(wording).toSorted())]]
          : [],
    );
    expect(plurals).not.toEqual([]);
    expect(plurals).toEqual(plurals.map(([key]) => [key, needed]));
  });

  it('are in the language: nothing was left in French or in English', () => {
    const own = wordingsOf(language);
    const left = (['fr', 'en'] as const)
      .filter((model) => model !== language)
      .flatMap((model) => [...wordingsOf(model)])
      .filter(([key, text]) => own.get(key) === text && /\p{L}/u.test(withoutPlaces(text)))
      .filter(([key]) => SAME_ON_PURPOSE[language]?.test(key) !== true);
    expect(left).toEqual([]);
  });

  it('are in the script of the language, and in no other', () => {
    const own = language === 'ar' ? 'Arabic' : language === 'uk' ? 'Cyrillic' : 'Latin';
    for (const [key, text] of wordingsOf(language)) {
      const letters = [...withoutPlaces(text)].filter((letter) => /\p{L}/u.test(letter));
      const foreign = letters.filter((letter) => !new RegExp(`\\p{Script=${own}}`, 'u').test(letter));
      expect([key, foreign.join('')]).toEqual([key, '']);
    }
  });

  it('are set as the language is printed', () => {
    const faults = TYPOGRAPHY[language] ?? [/[\u00a0\u202f\s][;:?!]/u];
    for (const [key, text] of wordingsOf(language))
      for (const fault of [/['"´`]|\.\.\.|\s{2}/, ...faults])
        expect([key, text]).not.toEqual([key, expect.stringMatching(fault)]);
  });
});

/** What would be a fault, beside typewriter apostrophes, quotation marks and dots. */
const TYPOGRAPHY: Readonly<Partial<Record<Language, readonly RegExp[]>>> = {
  fr: [/[^\u00a0\u202f][;:?!]/u],
  'fr-x-facile': [/[^\u00a0\u202f][;:?!]/u],
  // A question or a cry is opened too.
  es: [/^[^¿]*\?/u, /^[^¡]*!/u],
  // Arabic has a comma, a semicolon and a question mark of its own.
  ar: [/[,;?]/u],
  uk: [/[ыэёъ]/iu],
};

describe('easy French', () => {
  it('says one thing in a sentence of at most twelve words', () => {
    const sentences = [...wordingsOf('fr-x-facile').values()].flatMap((text) => text.split(/[.?!]\s*/));
    expect(sentences.filter((sentence) => sentence.split(/[\s\u00a0\u202f]+/).length > 12)).toEqual([]);
  });
});

describe('the four levels', () => {
  it.each(LANGUAGES)('suit a man and a woman alike in %s', (language) => {
    const { agreement, levels } = speeches.speak(language).words;
    expect(new Set(Object.values(agreement)).size).toBe(4);
    expect(new Set(Object.values(levels)).size).toBe(Object.keys(levels).length);
    // A participle in one gender only would be one of these.
    for (const text of [...Object.values(levels), ...Object.values(agreement)])
      expect(text).not.toMatch(/satisfaits?\b(?!\()|satisf(ei|e)(to|cho)(?!\/)|задоволен(ий|а)(?!\/)|راضٍ/u);
  });

  it('are yes and no where the question asks whether something suited', () => {
    expect(levelToText(FRENCH_SPEECH, 'four-level-agreement', 'very-satisfied')).toBe('Oui, tout à fait');
    expect(levelToText(FRENCH_SPEECH, 'four-level', 'very-satisfied')).toBe('Très satisfait(e)');
    expect(levelToText(FRENCH_SPEECH, 'four-level-agreement', 'not-applicable')).toBe('Sans avis');
    expect(levelToText(FRENCH_SPEECH, 'zero-to-ten', '10')).toBe('10');
  });
});

describe('filling in a wording', () => {
  it.each([
    ['fr', '1\u202f234,5'],
    ['en', '1,234.5'],
    ['de', '1.234,5'],
    ['ar', '1.234,5'],
    ['uk', '1\u00a0234,5'],
  ] as const)('writes numbers as the language does, in %s', (language, written) => {
    expect(fill(speeches.speak(language), '{count}', { count: 1_234.5 })).toBe(written);
  });

  it.each([
    ['fr', 0, 'Il reste 0 caractère.'],
    ['en', 0, '0 characters left.'],
    ['pt', 0, 'Restam 0 caracteres.'],
    ['ar', 0, 'لم يبقَ أي حرف.'],
    ['ar', 1, 'بقي حرف واحد.'],
    ['ar', 2, 'بقي حرفان.'],
    ['ar', 103, 'بقيت 103 أحرف.'],
    ['ar', 11, 'بقي 11 حرفًا.'],
    ['ar', 100, 'بقي 100 حرف.'],
    ['uk', 21, 'Залишився 21 символ.'],
    ['uk', 22, 'Залишилося 22 символи.'],
    ['uk', 12, 'Залишилося 12 символів.'],
  ] as const)('counts as the language does: in %s, %i', (language, count, told) => {
    const speech = speeches.speak(language);
    expect(fillCount(speech, speech.words.charactersLeft, count)).toBe(told);
  });

  it('leaves a place that nothing is given for', () => {
    expect(fill(FRENCH_SPEECH, '{unknown}', {})).toBe('{unknown}');
  });
});

describe('the town’s own wording', () => {
  it('is shown in the language chosen', () => {
    expect(wordingIn(speeches.speak('en'), { fr: 'Merci', en: 'Thanks' })).toEqual({
      text: 'Thanks',
      lang: 'en',
    });
  });

  it('is shown in French, and marked as French, where it has not been translated', () => {
    expect(wordingIn(speeches.speak('en'), { fr: 'Merci' })).toEqual({ text: 'Merci', lang: 'fr' });
  });
});

describe('the languages the tablet can speak', () => {
  it('are spoken in French until their words are there, and asked for once', async () => {
    const asked: Language[] = [];
    const shelf = createSpeeches(async (language) => {
      asked.push(language);
      return speeches.speak(language).words;
    });
    expect(shelf.speak('ar')).toBe(FRENCH_SPEECH);
    await shelf.bring('ar');
    await shelf.bring('ar');
    await shelf.bring('fr');
    expect(shelf.speak('ar')).toMatchObject({ language: 'ar', direction: 'rtl' });
    expect(asked).toEqual(['ar']);
  });

  it('stay as they were where the words cannot be had', async () => {
    const shelf = createSpeeches(() => Promise.reject(new Error('no such part')));
    await expect(shelf.bring('uk')).rejects.toThrow('no such part');
    expect(shelf.speak('uk')).toBe(FRENCH_SPEECH);
  });
});

/** Every text of a language by its path. */
function wordingsOf(language: Language): ReadonlyMap<string, string> {
  return leaves(speeches.speak(language).words);
}

/** Plural categories differ between languages; that a plural is there at all does not. */
function keysOf(language: Language): ReadonlySet<string> {
  return new Set(
    [...wordingsOf(language).keys()].map((key) => key.replace(/\/(zero|one|two|few|many|other)$/, '')),
  );
}

function leaves(tree: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, branch]: [string, unknown]) => {
      const here = `${path}/${key}`;
      if (typeof branch === 'string') return [[here, branch] as const];
      return typeof branch === 'object' && branch !== null ? [...leaves(branch, here)] : [];
    }),
  );
}

/** `other` is always there: it is what fractions take where whole numbers do not. */
function withoutRest(needed: readonly string[], has: readonly string[]): readonly string[] {
  return has.filter((category) => category !== 'other' || needed.includes('other'));
}

function withoutPlaces(text: string): string {
  return text.replaceAll(/\{\w+\}/g, '');
}

function placesOf(text: string): readonly string[] {
  return (text.match(/\{\w+\}/g) ?? []).toSorted();
}
