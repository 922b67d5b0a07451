import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ItemId } from './ids.ts';
import { type AskedCounts, countAsked, drawItems } from './rotation.ts';

function itemsNamed(...names: readonly string[]) {
  return names.map((name) => ({ itemId: name as ItemId }));
}

const SEVEN = itemsNamed('a', 'b', 'c', 'd', 'e', 'f', 'g');

describe('drawItems', () => {
  test('asks any two items equally often over a day, give or take one', () => {
    const anyLots = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(anyLots, fc.integer({ min: 1, max: 7 }), fc.nat(200), (lots, limit, visits) => {
        let turn = 0;
        const random = () => lots[turn++ % lots.length] ?? 0;
        let asked: AskedCounts = {};
        for (let visit = 0; visit < visits; visit += 1) {
          const drawn = drawItems(SEVEN, asked, limit, random);
          expect(drawn).toHaveLength(limit);
          asked = countAsked(asked, drawn);
          const counts = SEVEN.map((item) => asked[item.itemId] ?? 0);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('keeps the order of the questionnaire, whatever the lots', () => {
    const lots = [0.9, 0.1, 0.5, 0.3, 0.8, 0.2, 0.7];
    const drawn = drawItems(SEVEN, {}, 3, () => lots.shift() ?? 0);
    expect(drawn.map((item) => item.itemId)).toEqual(['b', 'd', 'f']);
  });

  test('takes the least asked first, and lots only among equals', () => {
    const asked = { a: 4, b: 3, c: 4, d: 2, e: 4, f: 4, g: 4 };
    const drawn = drawItems(SEVEN, asked, 2, () => 0);
    expect(drawn.map((item) => item.itemId)).toEqual(['b', 'd']);
  });

  test('gives every item the same chance among equals', () => {
    let seed = 1;
    // A linear congruence of Numerical Recipes: enough to deal lots, and the same on every run.
    const random = () => (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
    let times: AskedCounts = {};
    for (let visit = 0; visit < 7_000; visit += 1) times = countAsked(times, drawItems(SEVEN, {}, 3, random));
    for (const item of SEVEN) expect(Math.abs((times[item.itemId] ?? 0) - 3_000)).toBeLessThan(200);
  });

  test('asks all there are when fewer than the limit, and none when the limit is 0', () => {
    expect(drawItems(itemsNamed('a', 'b'), {}, 3, () => 0)).toHaveLength(2);
    expect(drawItems(SEVEN, {}, 0, () => 0)).toEqual([]);
    expect(drawItems(SEVEN, {}, -1, () => 0)).toEqual([]);
    expect(drawItems([], {}, 3, () => 0)).toEqual([]);
  });
});

test('countAsked leaves the counts it was given alone', () => {
  const asked = { a: 1 };
  expect(countAsked(asked, itemsNamed('a', 'b'))).toEqual({ a: 2, b: 1 });
  expect(asked).toEqual({ a: 1 });
});
