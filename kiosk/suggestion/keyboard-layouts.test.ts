import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../domain/survey.ts';
import { DELETE, layoutOf, SHIFT, SPACE, TO_LETTERS, TO_SIGNS } from './keyboard-layouts.ts';

/** Sentences that hold every letter of a language, and the signs of everyday writing. */
const WRITTEN: Readonly<Record<Language, string>> = {
  fr: 'portez ce vieux whisky au juge blond qui fume, déjà là où la forêt brûle : ça ! « cœur », maïs, noël, île, hôtel, âge',
  'fr-x-facile': 'portez ce vieux whisky au juge blond qui fume. c’est où ?',
  pt: 'luís argüia à júlia que «brações, fé, chá, óxido, pôr, zângão» eram palavras do português',
  en: 'the quick brown fox jumps over the lazy dog’s back; isn’t it? (yes!)',
  es: 'el pingüino wenceslao hizo kilómetros bajo exhaustiva lluvia; ¿añoraba a su querido cachorro? ¡sí, así fue!',
  ar: 'صِف خَلقَ خَودٍ كَمِثلِ الشَمسِ إِذ بَزَغَت؟ أنا، آن، لأن، ئ ء ؤ ى ة ظ ذ ط ض غ',
  tr: 'pijamalı hasta yağız şoföre çabucak güvendi, öyle mi? ığüşöç',
  uk: 'жебракують філософи при ґанку церкви в гадячі, ще й шатро їхнє п’яне знаємо; єдність',
  de: 'zwölf boxkämpfer jagen viktor quer über den großen sylter deich – ähm!'.replace('–', '-'),
};

describe.each(LANGUAGES)('the keyboard in %s', (language) => {
  const layout = layoutOf(language);
  const all = [...layout.pages.letters, ...layout.pages.signs].flat();

  it('has a key for every letter and sign of its language', () => {
    const missing = [...WRITTEN[language]].filter(
      (sign) => sign !== ' ' && !all.includes(sign) && !all.includes(sign.normalize('NFC')),
    );
    expect(missing).toEqual([]);
  });

  it('fills each row, and leaves the space bar three columns or more', () => {
    for (const row of [...layout.pages.letters, ...layout.pages.signs])
      if (row.includes(SPACE)) expect(layout.columns - row.length + 1).toBeGreaterThanOrEqual(3);
      else expect(row).toHaveLength(layout.columns);
  });

  it('has each key once a page, and the ways there and back', () => {
    for (const page of ['letters', 'signs'] as const) {
      const keys = layout.pages[page].flat();
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).toContain(DELETE);
      expect(keys).toContain(SPACE);
      expect(keys).toContain(page === 'letters' ? TO_SIGNS : TO_LETTERS);
    }
  });

  it('has as many rows on both pages, so that nothing moves under the finger', () => {
    expect(layout.pages.signs).toHaveLength(layout.pages.letters.length);
  });
});

it('begins as the desk’s keyboard of the language does', () => {
  const first = (language: Language) =>
    layoutOf(language)
      .pages.letters.map((row) => row.slice(0, 6).join(''))
      .join(' ');
  expect(first('fr')).toContain('azerty');
  expect(first('de')).toContain('qwertz');
  expect(first('en')).toContain('qwerty');
  expect(first('uk')).toContain('йцукен');
  expect(first('ar')).toContain('ضصثقفغ');
  expect(layoutOf('ar').pages.letters.flat()).not.toContain(SHIFT);
});
