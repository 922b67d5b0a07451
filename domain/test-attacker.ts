import { DEFAULT_THRESHOLDS } from './small-base.ts';

const FEWEST = DEFAULT_THRESHOLDS.hiddenBelow;

/**
 * The attacker of the property tests. He holds the tallies of some sets of parts, and knows how many answers each part has, as the pages say. Any
 * set of parts whose tally he can work out is a combination of those he holds: he finds the smallest, by trying for every set whether it lies
 * in what he holds.
 *
 * @param bases of each part @param held which parts are in each tally he holds, 1 or 0
 */
export function smallestSetFound(bases: readonly number[], held: readonly (readonly number[])[]): number {
  // A part without answers has no secret.
  const known = [
    ...held.map((row) => [...row]),
    ...bases.flatMap((base, index) =>
      base === 0 ? [bases.map((_, other) => (other === index ? 1 : 0))] : [],
    ),
  ];
  const rank = rankOf(known);
  let smallest = Number.POSITIVE_INFINITY;
  for (let set = 1; set < 2 ** bases.length; set += 1) {
    const chosen = bases.map((_, index) => Math.floor(set / 2 ** index) % 2);
    const answers = bases.reduce((sum, base, index) => sum + base * (chosen[index] ?? 0), 0);
    if (answers === 0 || answers >= Math.min(smallest, FEWEST)) continue;
    if (rankOf([...known, chosen]) === rank) smallest = answers;
  }
  return smallest;
}

/** By elimination; the numbers stay small. */
function rankOf(rows: readonly (readonly number[])[]): number {
  const matrix = rows.map((row) => [...row]);
  let rank = 0;
  for (let column = 0; column < (matrix[0]?.length ?? 0); column += 1) {
    const pivot = matrix.findIndex((row, index) => index >= rank && Math.abs(row[column] ?? 0) > 1e-9);
    if (pivot === -1) continue;
    const [chosen = []] = matrix.splice(pivot, 1);
    matrix.splice(rank, 0, chosen);
    for (const [index, row] of matrix.entries()) {
      if (index <= rank) continue;
      const factor = (row[column] ?? 0) / (chosen[column] ?? 1);
      for (const place of row.keys()) row[place] = (row[place] ?? 0) - factor * (chosen[place] ?? 0);
    }
    rank += 1;
  }
  return rank;
}
