import { beforeAll, describe, expect, it } from 'vitest';
import { MUTATIONS } from './mutations.ts';
import type { CaughtMutation } from './run-seeds.ts';
import { catchInThreads } from './threads.ts';

/** A mistake that so many lives do not show is one that the simulator cannot see. */
const SEEDS_PER_MUTATION = 5_000;
const MINUTE_MS = 60_000;

describe('each classic mistake, made again at a seam', () => {
  let found: readonly CaughtMutation[] = [];

  // In threads of their own, as the lives without a mistake.
  beforeAll(async () => {
    found = await catchInThreads(SEEDS_PER_MUTATION);
  }, 30 * MINUTE_MS);

  it.each(MUTATIONS)('is caught: $name', ({ name }) => {
    expect(found.find((one) => one.name === name)).toMatchObject({ firstSeed: expect.any(Number) });
  });
});
