import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shareDifference } from './difference.ts';

describe('shareDifference', () => {
  test.each([
    { one: [56, 70], other: [48, 80], low: 0.0524, high: 0.3339 },
    { one: [9, 10], other: [3, 10], low: 0.1705, high: 0.809 },
    { one: [6, 7], other: [2, 7], low: 0.0582, high: 0.8062 },
    { one: [5, 56], other: [0, 29], low: -0.0381, high: 0.1926 },
  ])(
    'gives the published interval of $one against $other (Newcombe 1998, table II)',
    ({ one, other, low, high }) => {
      const [satisfied = 0, base = 0] = one;
      const [otherSatisfied = 0, otherBase = 0] = other;
      const found = shareDifference({ satisfied, base }, { satisfied: otherSatisfied, base: otherBase });
      expect(found?.low).toBeCloseTo(low, 4);
      expect(found?.high).toBeCloseTo(high, 4);
      expect(found?.isOpen).toBe(low <= 0);
    },
  );

  test('is the other way round when the shares are, stays within −1 and 1, and holds the difference', () => {
    const share = fc
      .nat(500)
      .chain((base) => fc.record({ base: fc.constant(base + 1), satisfied: fc.nat(base + 1) }));
    fc.assert(
      fc.property(share, share, (one, other) => {
        const [there, back] = [shareDifference(one, other), shareDifference(other, one)];
        if (there === null || back === null) throw new Error('Both have a base.');
        expect(there.low).toBeCloseTo(-back.high, 12);
        expect(there.low).toBeLessThanOrEqual(there.difference + 1e-12);
        expect(there.high).toBeGreaterThanOrEqual(there.difference - 1e-12);
        expect(there.low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(there.high).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  test('says nothing of no answers', () => {
    expect(shareDifference({ satisfied: 0, base: 0 }, { satisfied: 1, base: 1 })).toBeNull();
  });
});
