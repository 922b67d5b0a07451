import { SimpleKeyboard } from 'simple-keyboard';
import type { Language } from '../../domain/survey.ts';
import { AID_WORDS } from './aid-words.ts';
import {
  DELETE,
  type KeyboardLayout,
  type Page,
  type Row,
  SHIFT,
  SPACE,
  TO_LETTERS,
  TO_SIGNS,
  layoutOf,
} from './keyboard-layouts.ts';
import { drawKey } from './key-face.ts';
import { type Shift, cased, shiftAfter, shiftTouched } from './shift.ts';
import { type Edit, beginsSentence, deletion, insertion, wordBefore } from './text-edit.ts';

/** The field that the keys type into. */
export interface KeyboardTarget {
  readonly field: HTMLTextAreaElement;
  readonly language: Language;
}

/**
 * Puts a keyboard into an element and returns the way to take it away with all it knows. What is typed is in the field alone: the package's
 * own memory of it is never filled, and its keys' faces are drawn here, since it would write them as markup.
 */
export function mountKeyboard(place: HTMLElement, target: KeyboardTarget): () => void {
  const { field, language } = target;
  const words = AID_WORDS[language];
  const layout = layoutOf(language);
  const host = document.createElement('div');
  const said = document.createElement('p');
  const watching = new AbortController();
  let page: Page = 'letters';
  let shift: Shift = shiftAfter('off', startsSentence());

  host.className = 'keys';
  host.setAttribute('role', 'group');
  host.setAttribute('aria-label', words.keyboard);
  // The order of the keys is that of the hand, in every script.
  host.dir = 'ltr';
  host.lang = language;
  host.dataset['columns'] = `${layout.columns}`;
  said.className = 'unseen';
  said.setAttribute('role', 'status');
  place.append(host, said);

  const keyboard = new SimpleKeyboard(host, {
    layout: { letters: layout.pages.letters.map(asText), signs: layout.pages.signs.map(asText) },
    layoutName: page,
    theme: '',
    display: emptyFaces(layout),
    useButtonTag: true,
    // Keys act when they are let go, and on the click that a switch or a screen reader makes.
    useMouseEvents: true,
    // The field keeps the focus, and with it the caret.
    preventMouseDownDefault: true,
    disableButtonHold: true,
    disableCaretPositioning: true,
    enableLayoutCandidates: false,
    // Nothing is ever valid to be remembered but nothing.
    inputPattern: /^$/,
    onKeyPress: press,
    onRender: drawKeys,
  });

  for (const sign of ['input', 'focus', 'click', 'keyup'])
    field.addEventListener(sign, () => reshift(shiftAfter(shift, startsSentence())), {
      signal: watching.signal,
    });

  function press(key: string): void {
    switch (key) {
      case SHIFT:
        reshift(shiftTouched(shift));
        return;
      case TO_SIGNS:
      case TO_LETTERS:
        turnTo(key === TO_SIGNS ? 'signs' : 'letters');
        return;
      case DELETE:
        erase();
        return;
      default:
        type(key === SPACE ? ' ' : cased(key, shift, language));
    }
  }

  function type(text: string): void {
    const before = fieldText();
    const edit = insertion(before, text, field.maxLength);
    if (edit === null) return;
    const word = text === ' ' ? wordBefore(before) : '';
    carryOut(edit, 'insertText');
    say(word === '' ? (text === ' ' ? words.space : text) : word);
    // After a sign comes a word: the letters are there again without a touch.
    if (text === ' ') turnTo('letters');
  }

  function erase(): void {
    const before = fieldText();
    const edit = deletion(before);
    if (edit === null) return;
    carryOut(edit, 'deleteContentBackward');
    say(`${words.deleted} ${before.value.slice(edit.start, edit.end)}`);
  }

  function carryOut({ start, end, text }: Edit, inputType: string): void {
    const isAtEnd = end === field.value.length;
    // Whoever goes from key to key without touching keeps the focus on the key.
    if (!host.contains(document.activeElement)) field.focus({ preventScroll: true });
    field.setRangeText(text, start, end, 'end');
    if (isAtEnd) field.scrollTop = field.scrollHeight;
    field.dispatchEvent(
      new InputEvent('input', { bubbles: true, inputType, data: text === '' ? null : text }),
    );
  }

  /** Read out where the field does not have the focus, and so does not tell by itself what changes in it. */
  function say(text: string): void {
    said.textContent = document.activeElement === field ? '' : text;
  }

  function turnTo(next: Page): void {
    if (next === page) return;
    const focused = document.activeElement;
    const hadFocus = host.contains(focused);
    page = next;
    keyboard.setOptions({ layoutName: page });
    if (hadFocus) keysNamed(page === 'signs' ? TO_LETTERS : TO_SIGNS)[0]?.focus();
  }

  function reshift(next: Shift): void {
    if (next === shift) return;
    shift = next;
    drawKeys();
  }

  /** Only the faces change: a key that a screen reader stands on stays where it is. */
  function drawKeys(): void {
    for (const button of host.querySelectorAll<HTMLButtonElement>('.hg-button'))
      drawKey(button, { shift, language, words, layout });
  }

  function keysNamed(key: string): readonly HTMLButtonElement[] {
    return [...host.querySelectorAll<HTMLButtonElement>('.hg-button')].filter(
      (button) => button.dataset['skbtn'] === key,
    );
  }

  function fieldText(): { value: string; start: number; end: number } {
    return { value: field.value, start: field.selectionStart, end: field.selectionEnd };
  }

  function startsSentence(): boolean {
    return beginsSentence(fieldText());
  }

  return () => {
    watching.abort();
    destroy(keyboard);
    said.remove();
    host.remove();
  };
}

/** The package empties its element by writing markup, which the page's policy refuses: it is given another thing to empty. */
function destroy(keyboard: SimpleKeyboard): void {
  const standIn = { setAttribute: () => undefined, removeAttribute: () => undefined };
  keyboard.keyboardDOM = standIn as unknown as HTMLDivElement;
  keyboard.destroy();
  // The package puts it there for good.
  window.oncontextmenu = null;
}

/** The package writes a face as markup: each is empty, and trusted where the browser asks for that. */
function emptyFaces(layout: KeyboardLayout): Record<string, string> {
  const { trustedTypes } = globalThis as { trustedTypes?: { readonly emptyHTML: unknown } };
  const empty = (trustedTypes?.emptyHTML ?? ' ') as string;
  const all = [...layout.pages.letters, ...layout.pages.signs].flat();
  return Object.fromEntries(all.map((key) => [key, empty]));
}

function asText(row: Row): string {
  return row.join(' ');
}
