import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fisherExactTwoSided, SIGNAL_LEVEL, signalBetween } from './signal.ts';

describe('fisherExactTwoSided', () => {
  test.each([
    { name: 'Fisher’s lady tasting tea (R, fisher.test)', table: [3, 1, 1, 3], p: 0.4857143 },
    { name: 'Fisher’s twins of convicts (R, fisher.test)', table: [2, 15, 10, 3], p: 0.0005367241 },
    { name: 'men and women on a diet (Wikipedia)', table: [1, 9, 11, 3], p: 0.002759456 },
    { name: 'whales and sharks (SciPy’s manual)', table: [8, 2, 1, 5], p: 0.03496503 },
  ])('gives the published value of $name', ({ table, p }) => {
    const [a = 0, b = 0, c = 0, d = 0] = table;
    expect(fisherExactTwoSided(a, b, c, d)).toBeCloseTo(p, 7);
  });

  test('agrees with whole-number arithmetic on every table with cells up to 7', () => {
    const wrong: string[] = [];
    for (let table = 0; table < 8 ** 4; table += 1) {
      const [a, b, c, d] = [table >> 9, (table >> 6) & 7, (table >> 3) & 7, table & 7];
      const [p, exact] = [fisherExactTwoSided(a, b, c, d), exactP(a, b, c, d)];
      if (Math.abs(p - exact) > 1e-12) wrong.push(`${a} ${b} / ${c} ${d}: ${p}, not ${exact}`);
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    [5, 1, 2, 9],
    [5, 2, 4, 10],
    [9, 2, 5, 15],
  ])(
    'counts a table exactly as likely as %i %i / %i %i in, though rounding sets the two apart',
    (a, b, c, d) => {
      expect(fisherExactTwoSided(a, b, c, d)).toBeCloseTo(exactP(a, b, c, d), 12);
    },
  );

  test('agrees with whole-number arithmetic on larger tables', () => {
    const cell = fc.nat(120);
    fc.assert(
      fc.property(cell, cell, cell, cell, (a, b, c, d) => {
        expect(fisherExactTwoSided(a, b, c, d) / exactP(a, b, c, d)).toBeCloseTo(1, 10);
      }),
    );
  });

  test('does not depend on which period, or which answer, is named first', () => {
    const cell = fc.nat(2_000);
    fc.assert(
      fc.property(cell, cell, cell, cell, (a, b, c, d) => {
        const p = fisherExactTwoSided(a, b, c, d);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(fisherExactTwoSided(c, d, a, b)).toBeCloseTo(p, 9);
        expect(fisherExactTwoSided(b, a, d, c)).toBeCloseTo(p, 9);
        expect(fisherExactTwoSided(a, c, b, d)).toBeCloseTo(p, 9);
      }),
    );
  });

  test('stays exact at bases of 100,000', () => {
    const logs = logFactorials(200_000);
    for (const [a, c] of [
      [90_000, 89_500],
      [90_000, 89_990],
      [50_000, 50_700],
      [99_990, 99_950],
    ] as const) {
      const p = fisherExactTwoSided(a, 100_000 - a, c, 100_000 - c);
      expect(p / pFromLogFactorials(logs, a, 100_000 - a, c, 100_000 - c)).toBeCloseTo(1, 5);
    }
  });

  test('stays fast at bases of 100,000', () => {
    const start = performance.now();
    for (let run = 0; run < 20; run += 1) fisherExactTwoSided(50_000 + run, 50_000, 50_000, 50_000);
    // Measured at 1.5 ms each; the bound only tells a loop from a catastrophe on a busy machine.
    expect((performance.now() - start) / 20).toBeLessThan(50);
  });

  test('throws on what is not a count', () => {
    for (const wrong of [-1, 0.5, Number.NaN])
      expect(() => fisherExactTwoSided(wrong, 1, 1, 1)).toThrow(RangeError);
  });
});

describe('signalBetween', () => {
  test('tells which way a share went', () => {
    expect(signalBetween({ satisfied: 20, base: 40 }, { satisfied: 180, base: 200 })).toMatchObject({
      kind: 'signal',
      direction: 'down',
    });
    expect(signalBetween({ satisfied: 40, base: 40 }, { satisfied: 140, base: 200 })).toMatchObject({
      kind: 'signal',
      direction: 'up',
    });
  });

  test('does not take six answers that wobble for a signal', () => {
    expect(signalBetween({ satisfied: 4, base: 6 }, { satisfied: 45, base: 50 })).toMatchObject({
      kind: 'no-signal',
    });
  });

  test('says « pas assez » when a side is empty', () => {
    expect(signalBetween({ satisfied: 0, base: 0 }, { satisfied: 90, base: 100 })).toEqual({
      kind: 'not-enough',
    });
    expect(signalBetween({ satisfied: 9, base: 10 }, { satisfied: 0, base: 0 })).toEqual({
      kind: 'not-enough',
    });
  });

  test('says « pas assez » exactly for the bases none of whose outcomes could be a signal', () => {
    for (let n = 1; n <= 14; n += 1)
      for (let m = 1; m <= 14; m += 1) {
        let smallest = 1;
        for (let a = 0; a <= n; a += 1)
          for (let c = 0; c <= m; c += 1) smallest = Math.min(smallest, exactP(a, n - a, c, m - c));
        for (let a = 0; a <= n; a += 1)
          for (let c = 0; c <= m; c += 1) {
            const signal = signalBetween({ satisfied: a, base: n }, { satisfied: c, base: m });
            expect(signal.kind === 'not-enough').toBe(smallest > SIGNAL_LEVEL);
          }
      }
  });

  test('can be reached at the very edge: one answer against ninety-nine', () => {
    expect(signalBetween({ satisfied: 0, base: 1 }, { satisfied: 99, base: 99 }).kind).toBe('signal');
    expect(signalBetween({ satisfied: 0, base: 1 }, { satisfied: 98, base: 98 }).kind).toBe('not-enough');
  });

  test.each([
    { recent: 5, before: 20 },
    { recent: 20, before: 80 },
    { recent: 30, before: 30 },
    { recent: 60, before: 240 },
  ])(
    'raises a false signal at most once in 100 with $recent answers against $before',
    ({ recent, before }) => {
      for (const share of [0.5, 0.8, 0.9, 0.95]) {
        let chance = 0;
        for (let a = 0; a <= recent; a += 1)
          for (let c = 0; c <= before; c += 1)
            if (
              signalBetween({ satisfied: a, base: recent }, { satisfied: c, base: before }).kind === 'signal'
            )
              chance += binomialChance(a, recent, share) * binomialChance(c, before, share);
        expect(chance).toBeLessThanOrEqual(SIGNAL_LEVEL);
      }
    },
  );
});

function choose(n: number, k: number): bigint {
  let result = 1n;
  for (let i = 1; i <= k; i += 1) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}

/** The definition, in whole numbers: nothing rounded before the last division. */
function exactP(a: number, b: number, c: number, d: number): number {
  const ways = (k: number) => choose(a + b, k) * choose(c + d, a + c - k);
  const observed = ways(a);
  let asUnlikely = 0n;
  for (let k = Math.max(0, a + c - (c + d)); k <= Math.min(a + b, a + c); k += 1)
    if (ways(k) <= observed) asUnlikely += ways(k);
  return ratioOf(asUnlikely, choose(a + b + c + d, a + c));
}

function ratioOf(part: bigint, whole: bigint): number {
  // The part may be far below the smallest fraction: keep sixty bits of it, whatever its size.
  const shift = BigInt(Math.max(0, whole.toString(2).length - part.toString(2).length + 60));
  return Number((part << shift) / whole) / 2 ** Number(shift);
}

function logFactorials(highest: number): Float64Array {
  const logs = new Float64Array(highest + 1);
  let lost = 0;
  for (let n = 2; n <= highest; n += 1) {
    // Kahan's summation: two hundred thousand additions must not eat the digits that matter.
    const term = Math.log(n) - lost;
    const sum = (logs[n - 1] ?? 0) + term;
    lost = sum - (logs[n - 1] ?? 0) - term;
    logs[n] = sum;
  }
  return logs;
}

function pFromLogFactorials(logs: Float64Array, a: number, b: number, c: number, d: number): number {
  const log = (n: number) => logs[n] ?? Number.NaN;
  const logChoose = (n: number, k: number) => log(n) - log(k) - log(n - k);
  const chance = (k: number) =>
    Math.exp(logChoose(a + b, k) + logChoose(c + d, a + c - k) - logChoose(a + b + c + d, a + c));
  let p = 0;
  for (let k = Math.max(0, a - d); k <= Math.min(a + b, a + c); k += 1)
    if (chance(k) <= chance(a) * (1 + 1e-7)) p += chance(k);
  return p;
}

function binomialChance(k: number, n: number, share: number): number {
  let chance = (1 - share) ** n;
  for (let i = 1; i <= k; i += 1) chance *= ((n - i + 1) / i) * (share / (1 - share));
  return chance;
}
