import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { MUTATIONS } from './mutations.ts';
import type { CaughtMutation, SeedsOutcome } from './run-seeds.ts';
import type { Task } from './worker.ts';

/** A run's objects live as long as the run: with room for them the collector seldom comes. */
const YOUNG_MB = 192;

/** Lives a range of seeds, a share in each of as many threads as there are processors. */
export async function liveInThreads(first: number, last: number): Promise<SeedsOutcome> {
  const parts = availableParallelism();
  const outcomes = await inThreads<SeedsOutcome>(parts, (part) => ({
    kind: 'seeds',
    first,
    last,
    part,
    parts,
  }));
  return {
    seeds: outcomes.reduce((sum, { seeds }) => sum + seeds, 0),
    entries: outcomes.reduce((sum, { entries }) => sum + entries, 0),
    failed: outcomes.flatMap(({ failed }) => failed).toSorted((a, b) => a.seed - b.seed),
  };
}

/** Looks for each mistake among the seeds up to a last one, in as many threads. The mistakes come in their own order. */
export async function catchInThreads(last: number): Promise<readonly CaughtMutation[]> {
  const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const found = await inThreads<readonly CaughtMutation[]>(availableParallelism(), () => ({
    kind: 'mutations',
    last,
    taken,
  }));
  const byName = new Map(found.flat().map((one) => [one.name, one]));
  return MUTATIONS.map(({ name }) => byName.get(name) ?? { name, firstSeed: null, violation: null });
}

/** Gives each thread its task, and collects what they find. */
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
