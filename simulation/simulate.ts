import { parseArgs } from 'node:util';
import { layFoundation } from './foundation.ts';
import { runSeed } from './run-seed.ts';
import { catchInThreads, liveInThreads } from './threads.ts';

const SEEDS = 20_000;
/** Among so many seeds at most a mistake must show. */
const SEEDS_PER_MUTATION = 5_000;
const SHOWN_FAILURES = 20;

/**
 * `npm run simulate -- [--seeds N] [--from K] [--json]`: lives seeds, says which failed.
 * `--seed K` replays one with all that happens; `--mutations` looks for each classic mistake.
 */
export async function main(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seeds: { type: 'string' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      mutations: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.seed !== undefined) return replay(numberIn(values.seed));
  const seeds = values.seeds === undefined ? null : numberIn(values.seeds);
  return values.mutations
    ? lookForMutations(seeds ?? SEEDS_PER_MUTATION, values.json)
    : liveSeeds(numberIn(values.from), seeds ?? SEEDS, values.json);
}

async function liveSeeds(first: number, seeds: number, isJson: boolean): Promise<number> {
  const started = performance.now();
  const lived = await liveInThreads(first, first + seeds - 1);
  const { failed } = lived;
  for (const { seed, violations } of failed.slice(0, SHOWN_FAILURES))
    say(`seed ${seed}: ${violations.join('; ')}`);
  const told = {
    seeds: lived.seeds,
    entries: lived.entries,
    failures: failed.length,
    seconds: secondsSince(started),
  };
  print(
    isJson ? JSON.stringify(told) : `${told.seeds} seeds, ${told.entries} answers, ${told.failures} failures`,
  );
  return failed.length === 0 ? 0 : 1;
}

async function lookForMutations(last: number, isJson: boolean): Promise<number> {
  const found = await catchInThreads(last);
  for (const { name, firstSeed, violation } of found)
    say(`${name}: ${firstSeed === null ? 'NOT CAUGHT' : `seed ${firstSeed}: ${violation}`}`);
  const mutations = found.map(({ name, firstSeed }) => ({ name, firstSeed }));
  const caught = mutations.filter(({ firstSeed }) => firstSeed !== null).length;
  const told = { caught, total: mutations.length, mutations };
  print(isJson ? JSON.stringify(told) : `${caught} of ${told.total} mistakes are caught.`);
  return caught === mutations.length ? 0 : 1;
}

async function replay(seed: number): Promise<number> {
  const { violations, entries } = await runSeed(await layFoundation(), seed, {}, print);
  for (const violation of violations) print(violation);
  print(JSON.stringify({ seed, entries, violations: violations.length }));
  return violations.length === 0 ? 0 : 1;
}

function numberIn(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`${text} is no number of seeds.`);
  return number;
}

function secondsSince(startedMs: number): number {
  return Math.round((performance.now() - startedMs) / 100) / 10;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
