import { describe, expect, it } from 'vitest';
import { searchTextOf, termsOf } from './search-terms.ts';

/** Forms that one search must find together. */
const ALIKE: readonly (readonly string[])[] = [
  ['guichet', 'guichets', 'GUICHET'],
  ['élève', 'eleve', 'Élèves', 'e\u0301le\u0300ve'],
  ['œuvre', 'oeuvre', 'Œuvres'],
  ['accueil', 'l’accueil', "l'accueil", 'd’accueil', 'L’ACCUEIL'],
  ['accueilli', 'accueillie', 'accueillis', 'accueillir', 'accueil'],
  ['aimable', 'aimables'],
  ['chaleureux', 'chaleureuse', 'chaleureuses'],
  ['attentif', 'attentive', 'attentifs'],
  ['attendre', 'attendu', 'attends', 'attendue'],
  ['attente', 'attentes'],
  ['premier', 'première', 'premières'],
  ['local', 'locaux', 'locale'],
  ['bureau', 'bureaux'],
  ['public', 'publique', 'publics'],
  ['long', 'longue', 'longs', 'longues'],
  ['bon', 'bonne', 'bonnes'],
  ['gentil', 'gentille', 'gentils'],
  ['rapide', 'rapidement', 'rapides'],
  ['arriver', 'arrivé', 'arrivée', 'arrivées', 'arrive', 'arrivez'],
  ['directeur', 'directrice', 'directrices'],
  ['personnel', 'personnelle'],
  ['mairie', 'mairies'],
  ['cœur', 'coeur'],
];
/** What a reader tells apart. */
const APART: readonly (readonly [string, string])[] = [
  ['attente', 'attendu'],
  ['attente', 'attention'],
  ['poli', 'police'],
  ['mère', 'mer'],
  ['acte', 'actif'],
  ['porte', 'portail'],
  ['salle', 'sale'],
  ['agent', 'argent'],
];
const one = (word: string) => termsOf(word).map(({ term }) => term);

describe('the words of a text', () => {
  it.each(ALIKE)('takes %s and its forms for one', (...forms) => {
    expect(new Set(forms.map((form) => one(form).join(' '))).size, forms.map(one).join(' ')).toBe(1);
  });

  it.each(APART)('tells %s from %s', (first, second) => {
    expect(one(first)).not.toEqual(one(second));
  });

  it('says where each stands in the text as it was written', () => {
    const text = 'L’élève a 2 rendez-vous.';
    expect(termsOf(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'élève',
      'a',
      '2',
      'rendez',
      'vous',
    ]);
  });

  it('keeps plain letters and digits alone, whatever the script', () => {
    const kept = searchTextOf('مرحبا 😀 дякую — 1e5 0x1F http://a.example/x?y=1 a_b \u0000 İstanbul ﬁn');
    expect(kept).toMatch(/^[a-z][a-z0-9]*( [a-z][a-z0-9]*)*$/);
    expect(one('مَرحبًا')).toEqual(one('مرحبا'));
    expect(searchTextOf('… !? 😀')).toBe('');
  });
});
