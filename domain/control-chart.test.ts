import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BEYOND_LIMIT,
  chartFinding,
  controlChart,
  controlLimits,
  FEWEST_POINTS,
  RUN_LENGTH,
} from './control-chart.ts';
import type { Satisfaction } from './signal.ts';

const weeks = (count: number, satisfied: number, base: number): Satisfaction[] =>
  Array.from({ length: count }, () => ({ satisfied, base }));

describe('controlLimits', () => {
  test('are the counts that the binomial law itself gives, worked out in whole numbers', () => {
    for (const base of [1, 2, 5, 11, 20, 30, 50, 97])
      for (const [part, whole] of [
        [1, 2],
        [4, 5],
        [9, 10],
        [19, 20],
      ] as const) {
        const limits = controlLimits(part / whole, base);
        expect([base, limits.low * base, limits.high * base].map(Math.round)).toEqual([
          base,
          ...exactLimits(BigInt(part), BigInt(whole), base),
        ]);
      }
  });

  test('leave at most their chance beyond each of them, whatever the base', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0.02, max: 0.98, noNaN: true }),
        (base, share) => {
          const { low, high } = controlLimits(share, base);
          let [below, above] = [0, 0];
          for (let k = 0; k <= base; k += 1) {
            if (k < Math.round(low * base)) below += chanceOf(k, base, share);
            if (k > Math.round(high * base)) above += chanceOf(k, base, share);
          }
          expect(below).toBeLessThanOrEqual(BEYOND_LIMIT * (1 + 1e-9));
          expect(above).toBeLessThanOrEqual(BEYOND_LIMIT * (1 + 1e-9));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('close in on the centre as the base grows, and stay within 0 and 1', () => {
    const widths = [11, 30, 100, 1_000, 100_000].map((base) => {
      const { low, high } = controlLimits(0.9, base);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      return high - low;
    });
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
    // Three standard deviations of 100,000 answers at 90 %.
    expect(controlLimits(0.9, 100_000).low).toBeCloseTo(0.9 - 3 * Math.sqrt(0.09 / 100_000), 4);
  });

  test('of a share that nothing ever varied are that share', () => {
    expect(controlLimits(1, 40)).toEqual({ low: 1, high: 1 });
    expect(controlLimits(0, 40)).toEqual({ low: 0, high: 0 });
  });

  test('throw on what is no base and no share', () => {
    for (const wrong of [0, -1, 1.5]) expect(() => controlLimits(0.9, wrong)).toThrow(RangeError);
    expect(() => controlLimits(1.1, 10)).toThrow(RangeError);
  });
});

describe('controlChart', () => {
  test('marks the one week that fell, and no other', () => {
    const chart = controlChart([...weeks(20, 36, 40), { satisfied: 24, base: 40 }, ...weeks(5, 36, 40)]);
    expect(chart?.points.map((point) => point?.place)).toEqual([
      ...Array<string>(20).fill('inside'),
      'below',
      ...Array<string>(5).fill('inside'),
    ]);
  });

  test('judges each week by its own base: four of six says nothing where twenty-four of forty does', () => {
    const chart = controlChart([...weeks(20, 36, 40), { satisfied: 4, base: 6 }]);
    expect(chart?.points.at(-1)?.place).toBe('inside');
  });

  test('keeps the place of weeks without answers, and counts nothing for them', () => {
    const chart = controlChart([null, ...weeks(10, 9, 10), { satisfied: 0, base: 0 }]);
    expect(chart?.centre).toBe(0.9);
    expect([chart?.points.at(0), chart?.points.at(-1)]).toEqual([null, null]);
  });

  test('says nothing before there are enough points to know what is usual', () => {
    expect(controlChart(weeks(FEWEST_POINTS - 1, 36, 40))).toBeNull();
    expect(controlChart(weeks(FEWEST_POINTS, 36, 40))).not.toBeNull();
  });

  test('sees a lasting small fall that no single week shows', () => {
    const chart = controlChart([...weeks(30, 74, 80), ...weeks(RUN_LENGTH, 68, 80)]);
    expect(chart?.points.every((point) => point?.place === 'inside')).toBe(true);
    expect(chart?.points.map((point) => point?.isInRun)).toEqual([
      ...Array<boolean>(30).fill(false),
      ...Array<boolean>(RUN_LENGTH).fill(true),
    ]);
    expect(chartFinding(chart)).toEqual({ kind: 'run', direction: 'down', length: RUN_LENGTH });
  });

  test('takes no run of one week less for it', () => {
    const chart = controlChart([...weeks(30, 74, 80), ...weeks(RUN_LENGTH - 1, 68, 80)]);
    expect(chart?.points.some((point) => point?.isInRun)).toBe(false);
  });

  test('takes no run for one that, taken together, chance would bring', () => {
    const chart = controlChart([...weeks(8, 9, 10), ...weeks(8, 8, 10)]);
    expect(chart?.points.some((point) => point?.isInRun)).toBe(false);
  });

  test('cries wolf on an unchanging service in fewer than 1 week of 300', () => {
    const random = seeded(11);
    let [told, outside] = [0, 0];
    for (let life = 0; life < 150; life += 1) {
      const year = Array.from({ length: 52 }, () => {
        const base = 11 + Math.floor(random() * 60);
        const satisfied = Array.from({ length: base }, () => random() < 0.9).filter(Boolean).length;
        return { satisfied, base };
      });
      for (const point of controlChart(year)?.points ?? []) {
        told += 1;
        if (point?.place !== 'inside') outside += 1;
      }
    }
    expect(told).toBe(52 * 150);
    expect(outside / told).toBeLessThan(1 / 300);
  });
});

describe('chartFinding', () => {
  test('tells the last week that has answers', () => {
    const usual = weeks(20, 36, 40);
    expect(chartFinding(controlChart([...usual, { satisfied: 24, base: 40 }, null]))).toEqual({
      kind: 'outside',
      direction: 'down',
    });
    expect(chartFinding(controlChart([...weeks(20, 30, 40), { satisfied: 40, base: 40 }]))).toEqual({
      kind: 'outside',
      direction: 'up',
    });
    expect(chartFinding(controlChart(usual))).toEqual({ kind: 'stable' });
    expect(chartFinding(controlChart([]))).toEqual({ kind: 'not-enough' });
  });

  test('counts a run from its first week', () => {
    const chart = controlChart([...weeks(30, 68, 80), ...weeks(11, 76, 80)]);
    expect(chartFinding(chart)).toEqual({ kind: 'run', direction: 'up', length: 11 });
  });
});

/** Both limits, as counts, from whole-number arithmetic: nothing rounded before the comparison. */
function exactLimits(part: bigint, whole: bigint, base: number): [number, number] {
  const ways = Array.from(
    { length: base + 1 },
    (_, k) => choose(base, k) * part ** BigInt(k) * (whole - part) ** BigInt(base - k),
  );
  const all = whole ** BigInt(base);
  const isPast = (sum: bigint) => sum * 100_000n > BigInt(BEYOND_LIMIT * 100_000) * all;
  const edge = (order: readonly bigint[]) => {
    let sum = 0n;
    return order.findIndex((one) => {
      sum += one;
      return isPast(sum);
    });
  };
  return [edge(ways), base - edge(ways.toReversed())];
}

function choose(n: number, k: number): bigint {
  let result = 1n;
  for (let i = 1; i <= k; i += 1) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}

function chanceOf(k: number, n: number, share: number): number {
  let log = 0;
  for (let i = 1; i <= k; i += 1) log += Math.log((n - k + i) / i);
  return Math.exp(log + k * Math.log(share) + (n - k) * Math.log(1 - share));
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
