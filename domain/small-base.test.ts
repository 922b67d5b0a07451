import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_THRESHOLDS, disclosureOf, mayShowTotal } from './small-base.ts';

describe('disclosureOf', () => {
  test('changes exactly at 1, 5, 11 and 30 answers', () => {
    const changes = Array.from({ length: 200 }, (_, base) => base)
      .filter((base) => base > 0 && disclosureOf(base) !== disclosureOf(base - 1))
      .map((base) => [base, disclosureOf(base)]);
    expect(disclosureOf(0)).toBe('none');
    expect(changes).toEqual([
      [1, 'hidden'],
      [5, 'counts-only'],
      [11, 'small-base'],
      [30, 'comparable'],
    ]);
  });

  test('follows the thresholds of the settings', () => {
    const strict = { hiddenBelow: 11, countsOnlyBelow: 11, comparableFrom: 100 };
    expect(disclosureOf(10, strict)).toBe('hidden');
    expect(disclosureOf(11, strict)).toBe('small-base');
    expect(disclosureOf(100, strict)).toBe('comparable');
  });
});

describe('mayShowTotal', () => {
  test('hides a total that would give away the one hidden part', () => {
    expect(mayShowTotal([40, 3])).toBe(false);
    expect(mayShowTotal([40, 25, 4])).toBe(false);
  });

  test('hides a total that would give away two hidden parts together too small to be shown', () => {
    expect(mayShowTotal([40, 1, 2])).toBe(false);
    expect(mayShowTotal([1, 1])).toBe(false);
  });

  test('shows a total whose hidden parts stay mixed with each other', () => {
    expect(mayShowTotal([40, 3, 2])).toBe(true);
    expect(mayShowTotal([3, 3])).toBe(true);
  });

  test('shows a total when nothing is hidden; a part without answers hides nothing', () => {
    expect(mayShowTotal([40, 5])).toBe(true);
    expect(mayShowTotal([40, 0])).toBe(true);
    expect(mayShowTotal([])).toBe(true);
  });

  test('shows a total exactly when no adding and subtracting of shown figures isolates too few answers', () => {
    const anyPartBases = fc.array(fc.oneof(fc.nat(6), fc.nat(60)), { maxLength: 7 });
    fc.assert(
      fc.property(anyPartBases, (partBases) => {
        const isSafe = smallestGroupFound(partBases) >= DEFAULT_THRESHOLDS.hiddenBelow;
        expect(mayShowTotal(partBases)).toBe(isSafe);
      }),
      { numRuns: 1_000 },
    );
  });

  test('protects parts from the public when given the first base the public sees', () => {
    const forThePublic = { ...DEFAULT_THRESHOLDS, hiddenBelow: DEFAULT_THRESHOLDS.comparableFrom };
    expect(mayShowTotal([40, 20], forThePublic)).toBe(false);
    expect(mayShowTotal([40, 20, 12], forThePublic)).toBe(true);
  });
});

/**
 * The attacker of the property tests: holds the tally of every shown part and of the total, adds and subtracts them in every way,
 * and looks for the smallest group of answers he can single out. A combination is a group when every part is in it once or not at all.
 */
function smallestGroupFound(partBases: readonly number[]): number {
  const shown = partBases.flatMap((base, index) => (base >= DEFAULT_THRESHOLDS.hiddenBelow ? [index] : []));
  let smallest = Number.POSITIVE_INFINITY;
  for (const ofTotal of [0, 1])
    for (let choice = 0; choice < 3 ** shown.length; choice += 1) {
      const weights = partBases.map(() => ofTotal);
      shown.forEach((part, place) => {
        weights[part] = (weights[part] ?? 0) + (Math.floor(choice / 3 ** place) % 3) - 1;
      });
      if (weights.some((weight) => weight !== 0 && weight !== 1)) continue;
      const answers = partBases.reduce((sum, base, index) => sum + base * (weights[index] ?? 0), 0);
      if (answers > 0) smallest = Math.min(smallest, answers);
    }
  return smallest;
}
