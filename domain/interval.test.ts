import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wilsonInterval } from './interval.ts';

const anyShare = fc
  .integer({ min: 1, max: 100_000 })
  .chain((base) => fc.tuple(fc.integer({ min: 0, max: base }), fc.constant(base)));

function widthOf(successes: number, base: number): number {
  const interval = wilsonInterval(successes, base);
  return interval === null ? Number.POSITIVE_INFINITY : interval.high - interval.low;
}

describe('wilsonInterval', () => {
  test('agrees with a value of Newcombe’s study of interval methods (81 of 263: 0.2553 to 0.3662)', () => {
    const interval = wilsonInterval(81, 263);
    expect(interval?.low).toBeCloseTo(0.2553, 4);
    expect(interval?.high).toBeCloseTo(0.3662, 4);
  });

  test('has both ends where its definition puts them: |share − end| = z · √(end · (1 − end) ÷ base)', () => {
    fc.assert(
      fc.property(anyShare, ([successes, base]) => {
        const interval = wilsonInterval(successes, base);
        for (const end of [interval?.low, interval?.high]) {
          if (end === undefined) throw new Error('There is an interval for every base above 0.');
          const distance = 1.959963984540054 * Math.sqrt((end * (1 - end)) / base);
          expect(Math.abs(successes / base - end)).toBeCloseTo(distance, 9);
        }
      }),
    );
  });

  test('contains the share and stays within 0 and 1', () => {
    fc.assert(
      fc.property(anyShare, ([successes, base]) => {
        const interval = wilsonInterval(successes, base);
        expect(interval?.low).toBeGreaterThanOrEqual(0);
        expect(interval?.low).toBeLessThanOrEqual(successes / base);
        expect(interval?.high).toBeGreaterThanOrEqual(successes / base);
        expect(interval?.high).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('shrinks when the base grows and the share stays', () => {
    fc.assert(
      fc.property(anyShare, fc.integer({ min: 2, max: 50 }), ([successes, base], times) => {
        expect(widthOf(successes * times, base * times)).toBeLessThan(widthOf(successes, base));
      }),
    );
  });

  test('mirrors itself when satisfied and dissatisfied change places', () => {
    fc.assert(
      fc.property(anyShare, ([successes, base]) => {
        const interval = wilsonInterval(successes, base);
        const mirrored = wilsonInterval(base - successes, base);
        expect(interval?.low).toBeCloseTo(1 - (mirrored?.high ?? 0), 12);
        expect(interval?.high).toBeCloseTo(1 - (mirrored?.low ?? 0), 12);
      }),
    );
  });

  test('ends exactly at 0 or 1 when all answers are alike', () => {
    for (let base = 1; base <= 2_000; base += 1) {
      expect(wilsonInterval(0, base)?.low).toBe(0);
      expect(wilsonInterval(base, base)?.high).toBe(1);
    }
  });

  test('says nothing of no answers, and throws on what is not a share', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
    for (const [successes, base] of [
      [3, 2],
      [-1, 2],
      [0.5, 2],
      [1, 0],
      [Number.NaN, 2],
      [0, -1],
    ] as const)
      expect(() => wilsonInterval(successes, base)).toThrow(RangeError);
  });
});
