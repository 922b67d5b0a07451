import { describe, expect, it } from 'vitest';
import { MUTATIONS } from './mutations.ts';
import { catchMutation } from './run-seeds.ts';

/** A mistake that so many lives do not show is one that the simulator cannot see. */
const SEEDS_PER_MUTATION = 5_000;
const MINUTE_MS = 60_000;

describe('each classic mistake, made again at a seam', () => {
  it.each(MUTATIONS)(
    'is caught: $name',
    async (mutation) => {
      expect(await catchMutation(mutation, SEEDS_PER_MUTATION)).toMatchObject({
        firstSeed: expect.any(Number),
      });
    },
    10 * MINUTE_MS,
  );
});
