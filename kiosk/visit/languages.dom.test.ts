import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LANGUAGES, type Language } from '../../domain/survey.ts';
import { OWN_NAMES } from '../words/languages.ts';
import { FRENCH_SPEECH } from '../words/speeches.ts';
import { showLanguages } from './languages.part.ts';

let chosen: Language[];
beforeEach(() => {
  vi.useFakeTimers();
  chosen = [];
});
afterEach(() => {
  vi.useRealTimers();
  document.documentElement.lang = 'fr';
  document.body.replaceChildren();
});

function show(): void {
  showLanguages(document, { speak: () => FRENCH_SPEECH }, (language) => chosen.push(language));
}
function buttons(): readonly HTMLButtonElement[] {
  return [...document.querySelectorAll<HTMLButtonElement>('.language-list button')];
}

describe('the choice of languages', () => {
  it('T11: offers nine by their own names, in their own directions, and says which is spoken', () => {
    document.documentElement.lang = 'tr';
    show();
    expect(
      buttons().map((button) => [
        button.lang,
        button.dir,
        button.textContent,
        button.getAttribute('aria-pressed'),
      ]),
    ).toEqual(
      LANGUAGES.map((language) => [
        language,
        language === 'ar' ? 'rtl' : 'ltr',
        OWN_NAMES[language],
        String(language === 'tr'),
      ]),
    );
    expect(document.activeElement?.textContent).toBe('Türkçe');
  });

  it('closes by the language that is touched', () => {
    show();
    buttons()[5]?.click();
    expect(chosen).toEqual(['ar']);
    expect(document.querySelector('dialog')).toBeNull();
  });

  it('is there once, though it was touched twice', () => {
    show();
    show();
    expect(document.querySelectorAll('dialog')).toHaveLength(1);
  });

  it('closes by its button, beside it, and before the next visitor comes, and changes nothing', () => {
    for (const close of [
      () => document.querySelector<HTMLElement>('dialog > .button')?.click(),
      () => document.querySelector('dialog')?.click(),
      () => void vi.advanceTimersByTime(59_000),
    ]) {
      show();
      expect(document.querySelectorAll('dialog[open]')).toHaveLength(1);
      close();
      expect(document.querySelector('dialog')).toBeNull();
    }
    expect(chosen).toEqual([]);
  });
});
