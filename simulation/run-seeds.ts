import { type Foundation, layFoundation } from './foundation.ts';
import { MUTATIONS, type Mutation } from './mutations.ts';
import { type Happening, chanceOf, drawPlan } from './plan.ts';
import { SERVER_FAILED, runSeed } from './run-seed.ts';

/** A seed that showed something that must not be. */
export interface FailedSeed {
  readonly seed: number;
  readonly violations: readonly string[];
}

export interface SeedsOutcome {
  readonly seeds: number;
  /** Answers that visitors were told were taken. */
  readonly entries: number;
  readonly failed: readonly FailedSeed[];
}

export interface CaughtMutation {
  readonly name: string;
  /** The first seed that shows the mistake; null where none does. */
  readonly firstSeed: number | null;
  /** What it shows. */
  readonly violation: string | null;
}

/** Lives seeds one after the other. */
export async function runSeeds(seeds: Iterable<number>): Promise<SeedsOutcome> {
  const foundation = await layFoundation();
  let count = 0;
  let entries = 0;
  const failed: FailedSeed[] = [];
  for (const seed of seeds) {
    const outcome = await runSeed(foundation, seed);
    count += 1;
    entries += outcome.entries;
    if (outcome.violations.length > 0) failed.push(outcome);
  }
  return { seeds: count, entries, failed };
}

/** Looks, for each of several mistakes, for the first seed up to a last one that shows it. */
export async function catchMutations(
  mutations: Iterable<Mutation>,
  lastSeed: number,
): Promise<readonly CaughtMutation[]> {
  const usual = await layFoundation();
  const caught: CaughtMutation[] = [];
  for (const mutation of mutations) {
    const { database } = mutation;
    const foundation = database === undefined ? usual : await layFoundation(database);
    caught.push(await catchMutation(foundation, mutation, lastSeed));
  }
  return caught;
}

async function catchMutation(
  foundation: Foundation,
  mutation: Mutation,
  lastSeed: number,
): Promise<CaughtMutation> {
  const { name } = mutation;
  for (let seed = 1; seed <= lastSeed; seed += 1) {
    if (!hasAll(seed, mutation.needs ?? [])) continue;
    const { violations } = await runSeed(foundation, seed, mutation);
    // Whoever breaks the server has not made the mistake that is meant: nothing works, and that is what would be seen.
    const broken = violations.find((one) => one.startsWith(SERVER_FAILED));
    if (broken !== undefined) throw new Error(`"${name}" is not made any more (seed ${seed}). ${broken}`);
    const [violation] = violations;
    if (violation !== undefined) return { name, firstSeed: seed, violation };
  }
  return { name, firstSeed: null, violation: null };
}

function hasAll(seed: number, needs: readonly Happening[]): boolean {
  if (needs.length === 0) return true;
  const kinds = drawPlan(chanceOf(seed)).happenings.map(({ kind }) => kind);
  return needs.every((need) => kinds.includes(need));
}

/** Every so many-th of a range of seeds: as many as there are processes, each has an equal part. */
export function* share(first: number, last: number, part: number, parts: number): Generator<number> {
  for (let seed = first + part; seed <= last; seed += parts) yield seed;
}

/** The mutations that one thread takes from those that nobody has taken yet: some are caught at once, others after hundreds of seeds. */
export function* takeMutations(taken: Int32Array): Generator<Mutation> {
  for (let index = Atomics.add(taken, 0, 1); ; index = Atomics.add(taken, 0, 1)) {
    const mutation = MUTATIONS[index];
    if (mutation === undefined) return;
    yield mutation;
  }
}
