import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_THRESHOLDS, mayShowGroupTotals, mayShowTotal } from './small-base.ts';
import { smallestSetFound } from './test-attacker.ts';

const FEWEST = DEFAULT_THRESHOLDS.hiddenBelow;

describe('mayShowGroupTotals', () => {
  test('shows a group whose hidden parts are mixed, and hides the one that has a single hidden part', () => {
    expect(
      mayShowGroupTotals([
        [40, 3, 3],
        [40, 30],
        [40, 4, 1, 2],
      ]),
    ).toEqual([true, true, true]);
    expect(
      mayShowGroupTotals([
        [40, 3],
        [40, 4],
      ]),
    ).toEqual([false, false]);
  });

  test('holds one more back where the whole, less the shown groups, would leave too few', () => {
    // 40 + 3 + 2 is shown by itself; the whole less it and less 40 would be the one answer of the last part.
    expect(
      mayShowGroupTotals([
        [40, 3, 2],
        [40, 1],
        [40, 4, 4],
      ]),
    ).toEqual([false, false, true]);
  });

  test('lets no combination of what is shown isolate fewer answers than a figure may have', () => {
    const base = fc.oneof({ weight: 3, arbitrary: fc.nat(6) }, fc.integer({ min: 7, max: 40 }));
    const groups = fc.array(fc.array(base, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
    let held = 0;
    fc.assert(
      fc.property(groups, (given) => {
        const shown = mayShowGroupTotals(given);
        if (shown.includes(false)) held += 1;
        expect(smallestSetFound(given.flat(), heldOf(given, shown))).toBeGreaterThanOrEqual(FEWEST);
      }),
      { numRuns: 3_000 },
    );
    expect(held).toBeGreaterThan(300);
  });
});

/** What the pages tell: every shown part, every shown group, and the whole where it may be shown. */
function heldOf(groups: readonly (readonly number[])[], shown: readonly boolean[]): number[][] {
  const parts = groups.flatMap((bases, group) => bases.map((base) => ({ base, group })));
  return [
    ...parts.flatMap(({ base }, index) =>
      base < FEWEST ? [] : [parts.map((_, other) => (other === index ? 1 : 0))],
    ),
    ...shown.flatMap((isShown, group) =>
      isShown ? [parts.map((part) => (part.group === group ? 1 : 0))] : [],
    ),
    ...(mayShowTotal(groups.flat()) ? [parts.map(() => 1)] : []),
  ];
}
