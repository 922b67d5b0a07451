import type { Language } from '../../domain/survey.ts';
import { LISTEN_WORDS, type ListenWords } from './listen-words.ts';

/** Something to say, and the language to say it in. */
export interface Phrase {
  readonly text: string;
  readonly language: Language;
}

/** What can be operated: a label only where it is one with what it answers. */
const OPERABLE = 'button, textarea, label:has(input)';
/** What is read of a screen by itself, in the order it stands there. The small print is read when it is touched. */
const READ = ['main p', 'main h1', `main :is(${OPERABLE})`, 'footer button'].join();

/** The words of the voice in the language of the page. */
export function wordsOf(page: Document): ListenWords {
  return LISTEN_WORDS[languageOf(page.documentElement)];
}

/** What stands in front of the visitor: under a dialog, the dialog alone. */
export function screenOf(page: Document): Element | null {
  return page.querySelector('dialog[open]') ?? page.querySelector('[data-screen]');
}

/** What tells one screen from the next, and not from itself in other colours or with another answer chosen. */
export function identityOf(page: Document): string {
  const screen = screenOf(page);
  const item = screen?.querySelector('[data-item]')?.getAttribute('data-item');
  return [languageOf(page.documentElement), screen?.getAttribute('data-screen'), item].join(' ');
}

/** A whole screen: how far the visit is, the question, its answers by their position, the ways on. */
export function phrasesOf(page: Document): readonly Phrase[] {
  const screen = screenOf(page);
  if (screen === null) return [];
  const read = screen.matches('dialog')
    ? screen.querySelectorAll('h1, p, button')
    : screen.querySelectorAll(READ);
  return (
    [...read]
      .filter((element) => element.closest('[aria-hidden="true"], .unseen, :disabled') === null)
      // Forty keys would be long to hear: each is said when it is touched.
      .filter((element) => !isKey(element))
      .map((element) => phraseOf(element))
      .filter(({ text }) => text !== '')
  );
}

/** One thing that can be read or operated, as the voice names it. */
export function phraseOf(element: Element): Phrase {
  const label = textOf(element);
  const words = wordsOf(element.ownerDocument);
  const language = languageOf(element.querySelector('[lang]') ?? element);
  return { text: named(), language };

  function named(): string {
    if (element.matches('textarea')) return words.field;
    if (isKey(element)) return element.getAttribute('aria-label') ?? label;
    if (element.matches('button')) {
      const state = element.getAttribute('aria-pressed') === 'true' ? ` ${words.isOn}` : '';
      return fill(words.button, { label }) + state;
    }
    if (!element.matches('label:has(input)')) return label;
    const isChosen = element.querySelector<HTMLInputElement>('input')?.checked === true;
    const choice = fill(words.choice, { label, position: `${positionOf(element)}` });
    return isChosen ? `${choice} ${words.isOn}` : choice;
  }
}

/** What a touch or the focus is on: something to operate, or else something to read. */
export function targetOf(node: EventTarget | null): Element | null {
  if (!(node instanceof Element)) return null;
  return node.closest(OPERABLE) ?? node.closest('h1, p');
}

/** A key of the keyboard on the screen. */
export function isKey(element: Element): boolean {
  return element.closest('.keyboard') !== null;
}

/** Whether a touch on it does something. */
export function isOperable(element: Element): boolean {
  return element.matches(OPERABLE);
}

function positionOf(label: Element): number {
  const all = [...(label.closest('fieldset')?.querySelectorAll('label:has(input)') ?? [])];
  return all.indexOf(label) + 1;
}

/** As it is said: « satisfait(e) » and "satisfecho/a" are for the eye, and no voice reads them well. */
function textOf(element: Element): string {
  return (element.textContent ?? '')
    .replaceAll('\u2060', '')
    .replace(/(\p{L})(?:\(\p{L}{1,2}\)|\/-?\p{L}{1,2}(?!\p{L}))/gu, '$1')
    .replace(/[ \n]+/g, ' ')
    .trim();
}

function languageOf(element: Element): Language {
  const lang = element.closest('[lang]')?.getAttribute('lang') ?? '';
  return lang in LISTEN_WORDS ? (lang as Language) : 'fr';
}

function fill(wording: string, values: Readonly<Record<string, string>>): string {
  return wording.replace(/\{(\w+)\}/g, (_place, name: string) => values[name] ?? '');
}
