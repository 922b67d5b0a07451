import { describe, expect, it } from 'vitest';
import { holdsPhrase, isEmptySearch, parseSearch, passagesWith } from './search-query.ts';
import { termsOf } from './search-terms.ts';

const terms = (text: string) => termsOf(text).map(({ term }) => term);
const highlighted = (text: string, typed: string) =>
  passagesWith(termsOf(text), parseSearch(typed).required).map(({ start, end }) => text.slice(start, end));

describe('what a person types', () => {
  it('is words that must all be there; small ones do not count beside others', () => {
    expect(parseSearch('attente au guichet')).toEqual({
      required: [terms('attente'), terms('guichet')],
      excluded: [],
    });
    expect(parseSearch('dans le')).toEqual({ required: [['dan'], ['le']], excluded: [] });
  });

  it('is a phrase between quotation marks of any kind, closed or not', () => {
    for (const typed of ['"temps d’attente"', '« temps d’attente »', '“temps d’attente”', '"temps d’attente'])
      expect(parseSearch(typed), typed).toEqual({ required: [terms('temps attente')], excluded: [] });
    expect(parseSearch('rendez-vous').required).toEqual([terms('rendez vous')]);
  });

  it('leaves out what follows a hyphen', () => {
    expect(parseSearch('accueil -attente -"trop long"')).toEqual({
      required: [terms('accueil')],
      excluded: [terms('attente'), terms('trop long')],
    });
    expect(parseSearch('-attente').required).toEqual([]);
  });

  it('looks for nothing where there is neither letter nor digit', () => {
    for (const typed of ['', '  ', '%', '-', '""', '*?!', '« »', '😀'])
      expect(isEmptySearch(parseSearch(typed)), typed).toBe(true);
  });
});

describe('a text that was found', () => {
  it('shows where, as it was written', () => {
    expect(highlighted('Élèves mal accueillis à l’accueil.', 'eleve accueil')).toEqual([
      'Élèves',
      'accueillis',
      'accueil',
    ]);
    expect(highlighted('Le temps d’attente, un temps long', '"temps d’attente"')).toEqual([
      'temps d’attente',
    ]);
  });

  it('holds a phrase where its words follow each other', () => {
    expect(holdsPhrase(terms('Le temps d’attente est long'), terms('temps attente'))).toBe(true);
    expect(holdsPhrase(terms('attente, temps'), terms('temps attente'))).toBe(false);
    expect(holdsPhrase(terms('attente'), [])).toBe(false);
  });
});
