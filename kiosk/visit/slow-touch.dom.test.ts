import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerSlowTouches } from './slow-touch.ts';

let watching: AbortController;
let clicked: string[];

beforeEach(() => {
  document.body.innerHTML = '<button id="one"><b></b></button><button id="two"></button>';
  clicked = [];
  watching = new AbortController();
  answerSlowTouches(document, watching.signal);
  document.addEventListener('click', ({ target }) => clicked.push((target as Element).id), {
    signal: watching.signal,
  });
});
afterEach(() => watching.abort());

/** A finger, as the browser tells of it; the place is named by what lies there. */
function finger(
  name: 'pointerdown' | 'contextmenu' | 'pointerup',
  selector: string,
  pointerType = 'touch',
): void {
  const target = document.querySelector(selector);
  document.elementFromPoint = () => target;
  const event = new MouseEvent(name, { bubbles: true, cancelable: true });
  target?.dispatchEvent(Object.assign(event, { pointerType }));
}

it('makes the click that a browser leaves out after a long touch, once', () => {
  finger('pointerdown', '#one b');
  finger('contextmenu', '#one b');
  expect(clicked).toEqual([]);
  finger('pointerup', '#one b');
  finger('pointerup', '#one b');
  expect(clicked).toEqual(['one']);
});

it('makes it where the menu is asked for after the finger is off', () => {
  finger('pointerdown', '#one');
  finger('pointerup', '#one');
  finger('contextmenu', '#one');
  expect(clicked).toEqual(['one']);
});

it('makes none when the finger has slid off, nor for a touch that was short, nor for a mouse', () => {
  finger('pointerdown', '#one');
  finger('contextmenu', '#one');
  finger('pointerup', '#two');
  finger('pointerdown', '#one');
  finger('pointerup', '#one');
  finger('pointerdown', '#one', 'mouse');
  finger('contextmenu', '#one', 'mouse');
  finger('pointerup', '#one', 'mouse');
  expect(clicked).toEqual([]);
});
