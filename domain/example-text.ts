import type { Satisfaction } from './signal.ts';

/** A row of a checked table of `docs/measures.md`: its cells as written. */
export type Row = readonly string[];

/** What a checked table must be headed, and how a row's cells are worked out again from the cells they rest on. */
export interface Table {
  readonly head: Row;
  readonly workOut: (row: Row) => Row;
}

export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** Every number written in a text, in order. */
export function numbersIn(text: string): readonly number[] {
  return (text.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);
}

/** A share as the page writes it, without its sign. */
export function percent(share: number): string {
  return (100 * share).toFixed(1);
}

/** « 36 of 40 » */
export function satisfactionOf(text: string): Satisfaction {
  const [satisfied = Number.NaN, base = Number.NaN] = numbersIn(text);
  return { satisfied, base };
}

/** The chance of k satisfied of n, whatever the order. */
export function binomialChance(k: number, n: number, share: number): number {
  let chance = (1 - share) ** n;
  for (let i = 1; i <= k; i += 1) chance *= ((n - i + 1) / i) * (share / (1 - share));
  return chance;
}
