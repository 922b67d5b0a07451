import { type Foundation, layFoundation } from './foundation.ts';
import { MUTATIONS, type Mutation } from './mutations.ts';
import { type Happening, chanceOf, drawPlan } from './plan.ts';
import { runSeed } from './run-seed.ts';

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

/** Looks for the first seed, up to a last one, that shows a mistake. */
export async function catchMutation(mutation: Mutation, lastSeed: number): Promise<CaughtMutation> {
  const foundation: Foundation = await layFoundation(mutation.database);
  for (let seed = 1; seed <= lastSeed; seed += 1) {
    if (!hasAll(seed, mutation.needs ?? [])) continue;
    const { violations } = await runSeed(foundation, seed, mutation);
    const [violation] = violations;
    if (violation !== undefined) return { name: mutation.name, firstSeed: seed, violation };
  }
  return { name: mutation.name, firstSeed: null, violation: null };
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

/** The mutations of one process among several. */
export function shareOfMutations(part: number, parts: number): readonly Mutation[] {
  return MUTATIONS.filter((_, index) => index % parts === part);
}
