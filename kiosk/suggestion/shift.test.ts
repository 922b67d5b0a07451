import { expect, it } from 'vitest';
import { cased, shiftAfter, shiftTouched } from './shift.ts';

it('raises one letter at the first touch, all at the second, none at the third', () => {
  expect(shiftTouched('off')).toBe('once');
  expect(shiftTouched('once')).toBe('locked');
  expect(shiftTouched('locked')).toBe('off');
});

it('lets the capital of a sentence be refused by one touch', () => {
  expect(shiftTouched('sentence')).toBe('off');
});

it('falls back after a letter unless it is locked', () => {
  expect(shiftAfter('once', false)).toBe('off');
  expect(shiftAfter('off', true)).toBe('sentence');
  expect(shiftAfter('locked', false)).toBe('locked');
});

it('raises letters as the language does', () => {
  expect(cased('i', 'once', 'tr')).toBe('İ');
  expect(cased('ı', 'once', 'tr')).toBe('I');
  expect(cased('i', 'once', 'fr')).toBe('I');
  expect(cased('ß', 'locked', 'de')).toBe('ß');
  expect(cased('é', 'off', 'fr')).toBe('é');
});
