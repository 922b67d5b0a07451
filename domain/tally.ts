import type { Scale } from './scales.ts';

/**
 * How often each option of one item was given, by option code. Counts are whole and above zero: an option nobody gave
 * has no key, so that two tallies of the same answers are deeply equal. Read a count with {@link countOf}.
 */
export type Tally = Readonly<Record<string, number>>;

export const EMPTY_TALLY: Tally = Object.freeze({});

/** How often a code was given; 0 when never. */
export function countOf(tally: Tally, code: string): number {
  return Object.hasOwn(tally, code) ? (tally[code] ?? 0) : 0;
}

/**
 * The tally with `count` more answers of this code. A negative count takes answers back, as an erasure does.
 *
 * @throws RangeError when the count is not whole, or would leave fewer than no answers: a book-keeping fault.
 */
export function addToTally(tally: Tally, code: string, count = 1): Tally {
  const sum = countOf(tally, code) + count;
  if (!Number.isSafeInteger(sum) || sum < 0)
    throw new RangeError(`A tally cannot hold ${sum} answers of ${code}.`);
  const { [code]: _replaced, ...others } = tally;
  return sum === 0 ? others : { ...others, [code]: sum };
}

/** One tally of all the answers in several, e.g. of a quarter from its weeks. */
export function mergeTallies(...tallies: readonly Tally[]): Tally {
  const counts = new Map<string, number>();
  // By key: a page of a service merges thousands of weeks, and a pair for each of their codes is the most of that work.
  for (const tally of tallies)
    for (const code of Object.keys(tally)) counts.set(code, (counts.get(code) ?? 0) + (tally[code] ?? 0));
  return Object.fromEntries([...counts].filter(([, count]) => count !== 0));
}

/** Every answer in the tally, *not applicable* and unknown codes included. */
export function totalOf(tally: Tally): number {
  return Object.values(tally).reduce((sum, count) => sum + count, 0);
}

/** The base of every measure: expressed answers only. *Not applicable* and codes the scale does not have are left out. */
export function baseOf(scale: Scale, tally: Tally): number {
  return scale.points.reduce((sum, point) => sum + countOf(tally, point.code), 0);
}

/** How many expressed answers are on a point that counts as satisfied. */
export function satisfiedCount(scale: Scale, tally: Tally): number {
  return scale.points.reduce((sum, point) => sum + (point.isSatisfied ? countOf(tally, point.code) : 0), 0);
}
