import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs, heartbeatMs, retryAfterMs } from './backoff.ts';

const CAP_MS = 300_000;
const chance = fc.double({ min: 0, max: 0.999999, noNaN: true });

it('spreads tablets over the whole wait, however long they have been failing: the cap first, the jitter after', () => {
  for (const failures of [9, 20, 10_000]) {
    expect(backoffMs(failures, null, () => 0)).toBe(0);
    expect(backoffMs(failures, null, () => 0.5)).toBe(CAP_MS / 2);
  }
});

it('doubles from two seconds and never passes the cap', () => {
  expect([1, 2, 3, 8].map((failures) => backoffMs(failures, null, () => 0.5))).toEqual([
    1_000, 2_000, 4_000, 128_000,
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), chance, (failures, random) => {
      expect(backoffMs(failures, null, () => random)).toBeLessThan(CAP_MS);
    }),
  );
});

it('never comes back before the server said, and not all tablets at that very instant', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 0, max: 3_600_000 }),
      chance,
      (failures, asked, random) => {
        expect(backoffMs(failures, asked, () => random)).toBeGreaterThanOrEqual(asked);
      },
    ),
  );
  expect(backoffMs(5, 600_000, () => 0.1)).not.toBe(backoffMs(5, 600_000, () => 0.9));
});

it('does not believe a wait of years', () => {
  expect(backoffMs(1, 1e12, () => 0)).toBe(3_600_000);
});

it('gives a sign of life every half to one and a half minutes', () => {
  expect(heartbeatMs(() => 0)).toBe(30_000);
  expect(heartbeatMs(() => 0.999)).toBeCloseTo(90_000, -3);
});

it.each([
  [null, null],
  ['120', 120_000],
  [' 0 ', 0],
  ['Tue, 24 Nov 2026 09:31:00 GMT', 60_000],
  ['Tue, 24 Nov 2026 09:29:00 GMT', 0],
  ['soon', null],
])('reads Retry-After: %s', (header, expected) => {
  expect(retryAfterMs(header, Date.UTC(2026, 10, 24, 9, 30))).toBe(expected);
});
