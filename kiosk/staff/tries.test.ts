import { describe, expect, it } from 'vitest';
import { createTries, FREE_TRIES } from './tries.ts';

function aStorage(text: string | null = null) {
  let kept = text;
  return { getItem: () => kept, setItem: (_: string, next: string) => void (kept = next) };
}
const NOW = Date.UTC(2026, 10, 24, 9);
const MINUTE_MS = 60_000;

describe('wrong codes', () => {
  it('cost nothing four times, then longer and longer, up to an hour', () => {
    const tries = createTries(aStorage());
    const waits = Array.from({ length: 14 }, () => {
      tries.failed(NOW);
      return tries.waitMs(NOW) / MINUTE_MS;
    });
    expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
  });

  it('are remembered over a reload', () => {
    const storage = aStorage();
    const before = createTries(storage);
    for (let tries = 0; tries < FREE_TRIES; tries += 1) before.failed(NOW);
    const after = createTries(storage);
    expect(after.waitMs(NOW + 20_000)).toBe(40_000);
    expect(after.waitMs(NOW + MINUTE_MS)).toBe(0);
    expect(after.failed(NOW + MINUTE_MS)).toBe(FREE_TRIES + 1);
  });

  it('are forgiven by the right one', () => {
    const storage = aStorage();
    const tries = createTries(storage);
    for (let wrong = 0; wrong < 9; wrong += 1) tries.failed(NOW);
    tries.succeeded();
    expect(tries.waitMs(NOW)).toBe(0);
    expect(createTries(storage).failed(NOW)).toBe(1);
  });

  it('lock nobody out for years when the calendar was wrong', () => {
    const tries = createTries(aStorage());
    for (let wrong = 0; wrong < FREE_TRIES; wrong += 1) tries.failed(NOW + 365 * 24 * 60 * MINUTE_MS);
    expect(tries.waitMs(NOW)).toBe(MINUTE_MS);
  });

  it.each(['', 'nonsense', '-1 5', '3', '1e999 2'])('begin anew where « %s » is remembered', (text) => {
    const tries = createTries(aStorage(text));
    expect(tries.waitMs(NOW)).toBe(0);
    expect(tries.failed(NOW)).toBe(1);
  });

  it('are counted for as long as the page lives where the browser keeps nothing', () => {
    const refusing = {
      getItem: () => {
        throw new DOMException('', 'SecurityError');
      },
      setItem: () => {
        throw new DOMException('', 'QuotaExceededError');
      },
    };
    for (const storage of [refusing, null]) {
      const tries = createTries(storage);
      for (let wrong = 0; wrong < FREE_TRIES; wrong += 1) tries.failed(NOW);
      expect(tries.waitMs(NOW)).toBe(MINUTE_MS);
    }
  });
});
