import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targetVerdict } from './verdict.ts';

describe('targetVerdict', () => {
  test('does not say « atteint » on the strength of the raw share alone', () => {
    expect(targetVerdict(9, 10, 0.9)).toBe('not-yet-demonstrated');
    expect(targetVerdict(95, 100, 0.9)).toBe('not-yet-demonstrated');
    expect(targetVerdict(188, 200, 0.9)).toBe('not-yet-demonstrated');
    expect(targetVerdict(190, 200, 0.9)).toBe('reached');
  });

  test('needs 35 answers, all satisfied, to show 90 %', () => {
    expect(targetVerdict(34, 34, 0.9)).toBe('not-yet-demonstrated');
    expect(targetVerdict(35, 35, 0.9)).toBe('reached');
  });

  test('says « non atteint » only when even the high end is below', () => {
    expect(targetVerdict(186, 219, 0.9)).toBe('not-reached');
    expect(targetVerdict(8, 10, 0.9)).toBe('not-yet-demonstrated');
    expect(targetVerdict(6, 10, 0.9)).toBe('not-reached');
  });

  test('says nothing of no answers', () => {
    expect(targetVerdict(0, 0, 0.9)).toBeNull();
  });

  test('can reach 100 % or 0 % and nothing beyond', () => {
    expect(targetVerdict(0, 5, 0)).toBe('reached');
    expect(targetVerdict(1_000_000, 1_000_000, 1)).toBe('not-yet-demonstrated');
    for (const target of [90, -0.1, Number.NaN])
      expect(() => targetVerdict(1, 2, target)).toThrow(RangeError);
  });

  test('never gets worse with one answer more that is satisfied', () => {
    const rank = { 'not-reached': 0, 'not-yet-demonstrated': 1, reached: 2 };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (base, share, target) => {
          const satisfied = Math.round(share * (base - 1));
          const fewer = targetVerdict(satisfied, base, target) ?? 'not-reached';
          const more = targetVerdict(satisfied + 1, base, target) ?? 'not-reached';
          expect(rank[more]).toBeGreaterThanOrEqual(rank[fewer]);
        },
      ),
    );
  });
});
