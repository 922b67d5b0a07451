import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LANGUAGES } from '../../domain/survey.ts';
import { DECLARATION_WORDS } from '../words/declaration-words.ts';
import { showDeclaration } from './declaration.part.ts';
import { openOnTouch } from './open-on-touch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  document.documentElement.lang = 'fr';
  document.body.replaceChildren();
});

function dialog(): HTMLDialogElement | null {
  return document.querySelector('dialog');
}

describe('the accessibility declaration', () => {
  it.each(LANGUAGES)('is shown in %s, with where the whole of it stands', (language) => {
    document.documentElement.lang = language;
    showDeclaration(document);
    const { title, paragraphs, close } = DECLARATION_WORDS[language];
    expect(paragraphs).toHaveLength(DECLARATION_WORDS.fr.paragraphs.length);
    expect(dialog()?.textContent).toContain(title);
    expect(dialog()?.textContent).toContain(`${location.host}/admin/accessibilite`);
    expect(dialog()?.textContent).not.toContain('{');
    expect(dialog()?.textContent).toContain('RGAA 4.1.2');
    expect(document.activeElement?.textContent).toBe(close);
  });

  it('is gone at a touch, and by itself before the next visitor', () => {
    showDeclaration(document);
    dialog()?.click();
    expect(dialog()).toBeNull();
    showDeclaration(document);
    vi.advanceTimersByTime(58_000);
    expect(dialog()).not.toBeNull();
    vi.advanceTimersByTime(2_000);
    expect(dialog()).toBeNull();
  });

  it('is opened by what says so, wherever in it the finger lands, and by nothing else', () => {
    const opened = vi.fn<() => void>();
    openOnTouch(document, 'declaration', opened);
    const button = document.createElement('button');
    button.dataset['opens'] = 'declaration';
    const inner = button.appendChild(document.createElement('span'));
    document.body.append(button, document.createElement('p'));
    document.querySelector('p')?.click();
    expect(opened).not.toHaveBeenCalled();
    inner.click();
    expect(opened).toHaveBeenCalledOnce();
  });
});
