import { afterAll, beforeAll, expect, it } from 'vitest';
import { runMatrix } from './run-matrix.ts';
import { type MatrixWorld, openMatrixWorld } from './world.ts';

let world: MatrixWorld;
beforeAll(async () => {
  world = await openMatrixWorld();
});
afterAll(async () => world.close());

it('lets every role do on every route, at every place, what it is for and nothing else', async () => {
  const outcome = await runMatrix(world, { isWhole: process.env['PARVIS_NIGHTLY'] !== undefined });
  expect(outcome.failures).toEqual([]);
  expect(outcome.cells).toBeGreaterThan(700);
}, 300_000);
