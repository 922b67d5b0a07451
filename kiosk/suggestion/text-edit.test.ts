import { describe, expect, it } from 'vitest';
import { type FieldText, beginsSentence, deletion, insertion, wordBefore } from './text-edit.ts';

/** `|` is the caret, or one at each end of what is selected. */
function at(marked: string): FieldText {
  const [before = '', selected = '', after] = marked.split('|');
  return after === undefined
    ? { value: before + selected, start: before.length, end: before.length }
    : { value: before + selected + after, start: before.length, end: before.length + selected.length };
}

describe('an edit at the caret', () => {
  it('types at the caret, in place of what is selected', () => {
    expect(insertion(at('Bon|jour'), 'x', 10)).toEqual({ start: 3, end: 3, text: 'x' });
    expect(insertion(at('Bon|soir|'), 'j', 7)).toEqual({ start: 3, end: 7, text: 'j' });
  });

  it('types nothing that would make the text too long', () => {
    expect(insertion(at('Bonjour|'), 'x', 7)).toBeNull();
    expect(insertion(at('Bonjou|'), 'لا', 7)).toBeNull();
  });

  it('deletes what is selected, or one whole character before the caret', () => {
    expect(deletion(at('Bon|soir|'))).toEqual({ start: 3, end: 7, text: '' });
    expect(deletion(at('Bon|soir'))).toEqual({ start: 2, end: 3, text: '' });
    expect(deletion(at('Merci 🙂|'))).toEqual({ start: 6, end: 8, text: '' });
    expect(deletion(at('|Bonsoir'))).toBeNull();
  });

  it.each([
    ['|', true],
    ['Merci. |', true],
    ['Où ? |', true],
    ['Merci |', false],
    ['Merci.|', false],
    ['3.5|', false],
  ])('knows whether « %s » begins a sentence', (marked, expected) => {
    expect(beginsSentence(at(marked))).toBe(expected);
  });

  it('knows the word that ends at the caret', () => {
    expect(wordBefore(at('Merci à l’accueil|, bravo'))).toBe('l’accueil');
    expect(wordBefore(at('شكرا|'))).toBe('شكرا');
    expect(wordBefore(at('Merci |'))).toBe('');
  });
});
