import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createResponseId } from './response-id.ts';

const HALF_DAY_MS = 43_200_000;
const anyRandom = fc.uint8Array({ minLength: 12, maxLength: 12 });
const anyInstant = fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) });

describe('createResponseId', () => {
  test('is a UUID of version 8', () => {
    fc.assert(
      fc.property(anyInstant, anyRandom, (nowMs, random) => {
        expect(createResponseId(nowMs, random)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });

  test('tells the half-day and nothing finer', () => {
    fc.assert(
      fc.property(anyInstant, anyRandom, (nowMs, random) => {
        const halfDay = Math.floor(nowMs / HALF_DAY_MS);
        const id = createResponseId(nowMs, random);
        expect(Number.parseInt(id.slice(0, 8), 16)).toBe(halfDay);
        expect(createResponseId(halfDay * HALF_DAY_MS, random)).toBe(id);
        expect(createResponseId((halfDay + 1) * HALF_DAY_MS - 1, random)).toBe(id);
      }),
    );
  });

  test('sorts by half-day, so that the index of the server stays local', () => {
    fc.assert(
      fc.property(anyInstant, anyRandom, anyRandom, (nowMs, first, second) => {
        expect(createResponseId(nowMs, first) < createResponseId(nowMs + HALF_DAY_MS, second)).toBe(true);
      }),
    );
  });

  test('keeps 90 of the random bits: each of them changes the id, six give way to version and variant', () => {
    const still = createResponseId(0, new Uint8Array(12));
    let changes = 0;
    for (let bit = 0; bit < 96; bit += 1) {
      const random = new Uint8Array(12);
      random[bit >> 3] = 1 << (bit & 7);
      if (createResponseId(0, random) !== still) changes += 1;
    }
    expect(changes).toBe(90);
  });

  test('is made from the first twelve random bytes and leaves them alone', () => {
    const random = Uint8Array.from({ length: 16 }, (_, index) => index + 1);
    expect(createResponseId(0, random)).toBe('00000000-0102-8304-8506-0708090a0b0c');
    expect(random).toEqual(Uint8Array.from({ length: 16 }, (_, index) => index + 1));
  });

  test('is made even by a tablet that believes it is before 1970', () => {
    expect(createResponseId(-1, new Uint8Array(12)).slice(0, 8)).toBe('00000000');
  });

  test('throws when there is too little randomness', () => {
    expect(() => createResponseId(0, new Uint8Array(11))).toThrow(RangeError);
  });
});
