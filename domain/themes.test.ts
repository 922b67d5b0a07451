import { describe, expect, it } from 'vitest';
import { searchTextOf } from './search-terms.ts';
import { phraseOf, type Theme, themeReader } from './themes.ts';

const THEMES: readonly Theme[] = [
  { themeId: 'attente', name: 'L’attente', words: ['attente', 'attendre', 'file d’attente', 'trop long'] },
  { themeId: 'accueil', name: 'L’accueil', words: ['aimable', 'sourire'] },
  { themeId: 'vide', name: 'Rien', words: ['!', ''] },
];
const read = (text: string) => themeReader(THEMES)(searchTextOf(text).split(' '));

describe('a list of words', () => {
  it('tells what a text is about, and which word told it', () => {
    expect(read('Agent très aimable, mais j’ai attendu')).toEqual([
      { themeId: 'accueil', word: 'aimable' },
      { themeId: 'attente', word: 'attendre' },
    ]);
    expect(read('Merci')).toEqual([]);
  });

  it('gives the first word of the list as the reason, wherever it stands in the text', () => {
    expect(read('C’était trop long, trop d’attente')).toEqual([{ themeId: 'attente', word: 'attente' }]);
    expect(read('trop longue')).toEqual([{ themeId: 'attente', word: 'trop long' }]);
    expect(read('trop de monde, long')).toEqual([]);
  });

  it('takes a word without letter or digit for none', () => {
    expect(phraseOf('!')).toEqual([]);
    expect(read('! !')).toEqual([]);
  });
});
