import type { Language } from '../../domain/survey.ts';
import type { AidWords } from './aid-words.ts';
import { DELETE, type KeyboardLayout, SHIFT, SPACE, TO_LETTERS, TO_SIGNS } from './keyboard-layouts.ts';
import { type Shift, cased } from './shift.ts';

/** What the face of a key depends on. */
export interface Keyface {
  readonly shift: Shift;
  readonly language: Language;
  readonly words: AidWords;
  readonly layout: KeyboardLayout;
}

const SVG = 'http://www.w3.org/2000/svg';
const ARROW_UP = 'M12 4 3.5 12.5H8V20h8v-7.5h4.5z';
const CROSSED = 'M9 5h11a1.5 1.5 0 0 1 1.5 1.5v11A1.5 1.5 0 0 1 20 19H9l-6.5-7zM12 9.5l5 5m0-5-5 5';

/** Draws a key as it stands now, and names it. */
export function drawKey(button: HTMLButtonElement, { shift, language, words, layout }: Keyface): void {
  const key = button.dataset['skbtn'] ?? '';
  const face = button.firstElementChild;
  if (face === null) return;
  button.type = 'button';
  button.dataset['key'] = key;
  switch (key) {
    case SHIFT:
      button.setAttribute('aria-label', words.shift);
      button.setAttribute('aria-pressed', `${shift !== 'off'}`);
      button.dataset['shift'] = shift;
      if (face.childElementCount === 0) face.replaceChildren(icon(ARROW_UP));
      return;
    case DELETE:
      button.setAttribute('aria-label', words.delete);
      if (face.childElementCount === 0) face.replaceChildren(icon(CROSSED));
      return;
    case SPACE:
      face.textContent = words.space;
      button.dataset['span'] = `${spanOfSpace(button, layout)}`;
      return;
    case TO_SIGNS:
      button.setAttribute('aria-label', words.toSigns);
      face.textContent = '123';
      return;
    case TO_LETTERS:
      button.setAttribute('aria-label', words.toLetters);
      face.textContent = layout.alphabet;
      return;
    default: {
      const typed = cased(key, shift, language);
      // A mark that combines is shown on a bar that carries it.
      face.textContent = /^\p{M}/u.test(typed) ? `ـ${typed}` : typed;
    }
  }
}

function spanOfSpace(button: HTMLButtonElement, layout: KeyboardLayout): number {
  const others = (button.parentElement?.childElementCount ?? 1) - 1;
  return layout.columns - others;
}

function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
