import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerSlowTouches, answersAtOnce } from './slow-touch.ts';

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

const [LEVEL, BESIDE] = [99, 101];

/** A finger is lifted from a level 100 pixels wide and high, so far from its left edge. */
function lift(clientX: number, fingersLeft = 0, isSecond = false): boolean {
  document.body.innerHTML = '<label class="level"><input type="radio" name="level" id="level"></label>';
  const level = document.querySelector('#level') as HTMLElement;
  level.getBoundingClientRect = () => new DOMRect(0, 0, 100, 100);
  const lifted = { target: level, touches: Array(fingersLeft), changedTouches: [{ clientX, clientY: 50 }] };
  return answersAtOnce(lifted as unknown as TouchEvent, () => isSecond);
}

it('answers a level when the finger is off, and leaves the browser nothing to do', () => {
  expect(lift(LEVEL)).toBe(true);
  expect(clicked).toEqual(['level']);
});

it('answers nothing where the finger has slid off, or another is still down', () => {
  expect(lift(BESIDE)).toBe(false);
  expect(lift(LEVEL, 1)).toBe(false);
  // The other of the two.
  expect(lift(LEVEL)).toBe(false);
  expect(clicked).toEqual([]);
  expect(lift(LEVEL)).toBe(true);
  expect(clicked).toEqual(['level']);
});

it('takes the second half of a double tap, and answers nothing by it', () => {
  expect(lift(LEVEL, 0, true)).toBe(true);
  expect(clicked).toEqual([]);
});
