import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NOT_APPLICABLE, scaleOf } from './scales.ts';
import {
  addToTally,
  baseOf,
  countOf,
  EMPTY_TALLY,
  mergeTallies,
  satisfiedCount,
  type Tally,
  totalOf,
} from './tally.ts';

const FOUR_LEVEL = scaleOf('four-level');
const CODES = [
  ...FOUR_LEVEL.points.map((point) => point.code),
  NOT_APPLICABLE,
  'of-another-scale',
  '__proto__',
];

const anyTally = fc
  .array(fc.constantFrom(...CODES), { maxLength: 60 })
  .map((codes) => codes.reduce<Tally>((tally, code) => addToTally(tally, code), EMPTY_TALLY));

describe('addToTally', () => {
  test('counts one answer more, and leaves the tally it was given alone', () => {
    const once = addToTally(EMPTY_TALLY, 'yes');
    const thrice = addToTally(once, 'yes', 2);
    expect(thrice).toEqual({ yes: 3 });
    expect(once).toEqual({ yes: 1 });
    expect(EMPTY_TALLY).toEqual({});
  });

  test('drops the code when its last answer is taken back, so that equal tallies are deeply equal', () => {
    expect(addToTally({ yes: 2, no: 1 }, 'no', -1)).toEqual({ yes: 2 });
    expect(addToTally(EMPTY_TALLY, 'yes', 0)).toEqual({});
  });

  test('throws when book-keeping would leave fewer than no answers, or parts of one', () => {
    expect(() => addToTally({ yes: 1 }, 'yes', -2)).toThrow(RangeError);
    expect(() => addToTally(EMPTY_TALLY, 'yes', 0.5)).toThrow(RangeError);
    expect(() => addToTally(EMPTY_TALLY, 'yes', Number.NaN)).toThrow(RangeError);
  });

  test('is not fooled by codes that every object answers to', () => {
    expect(countOf(EMPTY_TALLY, 'constructor')).toBe(0);
    expect(countOf(addToTally(EMPTY_TALLY, '__proto__', 3), '__proto__')).toBe(3);
    expect(countOf(addToTally(EMPTY_TALLY, 'constructor'), 'constructor')).toBe(1);
  });
});

describe('mergeTallies', () => {
  test('is commutative and associative, and the empty tally changes nothing', () => {
    fc.assert(
      fc.property(anyTally, anyTally, anyTally, (a, b, c) => {
        expect(mergeTallies(a, b)).toEqual(mergeTallies(b, a));
        expect(mergeTallies(a, mergeTallies(b, c))).toEqual(mergeTallies(mergeTallies(a, b), c));
        expect(mergeTallies(a, b, c)).toEqual(mergeTallies(mergeTallies(a, b), c));
        expect(mergeTallies(a, EMPTY_TALLY)).toEqual(a);
      }),
    );
  });

  test('keeps every answer: totals, bases and satisfied counts add up', () => {
    fc.assert(
      fc.property(anyTally, anyTally, (a, b) => {
        const merged = mergeTallies(a, b);
        expect(totalOf(merged)).toBe(totalOf(a) + totalOf(b));
        expect(baseOf(FOUR_LEVEL, merged)).toBe(baseOf(FOUR_LEVEL, a) + baseOf(FOUR_LEVEL, b));
        expect(satisfiedCount(FOUR_LEVEL, merged)).toBe(
          satisfiedCount(FOUR_LEVEL, a) + satisfiedCount(FOUR_LEVEL, b),
        );
      }),
    );
  });

  test('gives the empty tally for none, and for tallies that spell their zeros out', () => {
    expect(mergeTallies()).toEqual({});
    expect(mergeTallies({ yes: 0 }, { no: 0 })).toEqual({});
  });
});

test('leaves « non concerné » and codes of another scale out of the base, but not out of the total', () => {
  const tally = { 'very-satisfied': 3, 'very-dissatisfied': 1, 'not-applicable': 5, neither: 2 };
  expect(baseOf(FOUR_LEVEL, tally)).toBe(4);
  expect(satisfiedCount(FOUR_LEVEL, tally)).toBe(3);
  expect(totalOf(tally)).toBe(11);
});
