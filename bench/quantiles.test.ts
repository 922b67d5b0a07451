import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, quantile, rounded } from './quantiles.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('quantile', () => {
  it('takes the nearest rank', () => {
    expect(quantile(upTo(100), 0.95)).toBe(95);
    expect(quantile(upTo(20), 0.95)).toBe(19);
    expect(quantile(upTo(10), 0.95)).toBe(10);
    expect(quantile(upTo(10), 0)).toBe(1);
    expect(quantile(upTo(10), 1)).toBe(10);
    expect(quantile([7], 0.5)).toBe(7);
  });

  it('sorts as numbers and leaves the sample as it was', () => {
    const sample = [100, 20, 3];
    expect(quantile(sample, 1)).toBe(100);
    expect(sample).toEqual([100, 20, 3]);
  });

  it('leaves at most the rest of the sample above it', () => {
    const samples = fc.array(fc.integer(), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(samples, fc.integer({ min: 0, max: 100 }), (sample, percent) => {
        const value = quantile(sample, percent / 100);
        expect(sample).toContain(value);
        const above = sample.filter((one) => one > value).length;
        expect(above).toBeLessThanOrEqual(sample.length * (1 - percent / 100) + 1e-9);
      }),
    );
  });

  it('refuses an empty sample and a percent taken for a share', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], 95)).toThrow(RangeError);
  });
});

describe('median', () => {
  it('is the middle value, or the mean of the two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([10, 9, 2, 1])).toBe(5.5);
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('rounded', () => {
  it('keeps the digits asked for', () => {
    expect(rounded(1.2345, 2)).toBe(1.23);
    expect(rounded(10.04)).toBe(10);
  });
});
