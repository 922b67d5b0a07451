import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { layFoundation } from './foundation.ts';
import { MUTATIONS } from './mutations.ts';
import { runSeed } from './run-seed.ts';
import type { CaughtMutation, SeedsOutcome } from './run-seeds.ts';
import type { Task } from './worker.ts';

const SEEDS = 20_000;
/** Among so many seeds at most a mistake must show. */
const SEEDS_PER_MUTATION = 5_000;
const SHOWN_FAILURES = 20;
/** A run's objects live as long as the run: with room for them the collector seldom comes. */
const YOUNG_MB = 64;

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
  const parts = availableParallelism();
  const outcomes = await inThreads<SeedsOutcome>(parts, (part) => ({
    kind: 'seeds',
    first,
    last: first + seeds - 1,
    part,
    parts,
  }));
  const failed = outcomes.flatMap((outcome) => outcome.failed).toSorted((a, b) => a.seed - b.seed);
  for (const { seed, violations } of failed.slice(0, SHOWN_FAILURES))
    say(`seed ${seed}: ${violations.join('; ')}`);
  const told = {
    seeds: sum(outcomes.map((outcome) => outcome.seeds)),
    entries: sum(outcomes.map(({ entries }) => entries)),
    failures: failed.length,
    seconds: secondsSince(started),
  };
  print(
    isJson ? JSON.stringify(told) : `${told.seeds} seeds, ${told.entries} answers, ${told.failures} failures`,
  );
  return failed.length === 0 ? 0 : 1;
}

async function lookForMutations(last: number, isJson: boolean): Promise<number> {
  const parts = availableParallelism();
  const found = await inThreads<readonly CaughtMutation[]>(parts, (part) => ({
    kind: 'mutations',
    last,
    part,
    parts,
  }));
  const byName = new Map(found.flat().map((one) => [one.name, one]));
  const mutations = MUTATIONS.map(({ name }) => ({ name, firstSeed: byName.get(name)?.firstSeed ?? null }));
  for (const { name, firstSeed } of mutations)
    say(
      `${name}: ${firstSeed === null ? 'NOT CAUGHT' : `seed ${firstSeed}: ${byName.get(name)?.violation}`}`,
    );
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

function inThreads<Outcome>(parts: number, taskOf: (part: number) => Task): Promise<Outcome[]> {
  return Promise.all(
    Array.from(
      { length: parts },
      (_, part) =>
        new Promise<Outcome>((resolve, reject) => {
          const worker = new Worker(new URL('worker-start.mjs', import.meta.url), {
            workerData: taskOf(part),
            resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
          });
          worker.once('message', (outcome: Outcome) => {
            resolve(outcome);
            void worker.terminate();
          });
          worker.once('error', reject);
          worker.once('exit', (code) => {
            reject(new Error(`A thread ended with ${code} and without an outcome.`));
          });
        }),
    ),
  );
}

function numberIn(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`${text} is no number of seeds.`);
  return number;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
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
