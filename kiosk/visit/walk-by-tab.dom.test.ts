import { beforeEach, expect, it } from 'vitest';
import { enterByTab, walkByTab } from './walk-by-tab.ts';

let fieldset: HTMLFieldSetElement;

beforeEach(() => {
  fieldset = document.createElement('fieldset');
  for (const value of ['one', 'two', 'three']) {
    const radio = fieldset.appendChild(document.createElement('input'));
    Object.assign(radio, { type: 'radio', name: 'level', value });
  }
  document.body.replaceChildren(fieldset);
  fieldset.addEventListener('keydown', walkByTab);
  fieldset.addEventListener('focusin', enterByTab);
});

function focus(value: string): HTMLInputElement {
  const radio = fieldset.querySelector<HTMLInputElement>(`input[value="${value}"]`);
  if (radio === null) throw new Error(`There is no ${value}.`);
  radio.focus();
  return radio;
}

function press(held: KeyboardEventInit = {}, key = 'Tab'): boolean {
  const target = document.activeElement ?? document.body;
  return target.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }),
  );
}

function focused(): string | null {
  return document.activeElement?.getAttribute('value') ?? null;
}

it('goes from one to the next, and out after the last', () => {
  focus('one');
  expect(press()).toBe(false);
  expect(focused()).toBe('two');
  expect(press()).toBe(false);
  expect(focused()).toBe('three');
  expect(press()).toBe(true);
});

it('goes back with Shift, and out before the first', () => {
  focus('two');
  expect(press({ shiftKey: true })).toBe(false);
  expect(focused()).toBe('one');
  expect(press({ shiftKey: true })).toBe(true);
});

it('chooses nothing on its way, and minds no other key', () => {
  focus('one');
  press();
  expect(press({}, 'ArrowDown')).toBe(true);
  expect(fieldset.querySelector('input:checked')).toBeNull();
});
