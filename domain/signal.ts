/** Expressed answers of one period, and how many of them are satisfied. */
export interface Satisfaction {
  readonly satisfied: number;
  readonly base: number;
}

/** Whether a share moved more than chance alone would move it. `p` is the two-sided probability that chance alone explains it. */
export type Signal =
  | { readonly kind: 'signal'; readonly direction: 'up' | 'down'; readonly p: number }
  | { readonly kind: 'no-signal'; readonly p: number }
  /** Too few answers for any outcome to be a signal. */
  | { readonly kind: 'not-enough' };

/**
 * A change is told as a signal when chance alone would bring one as large in at most 1 comparison in 100: a service where
 * nothing changes shows at most one false signal in about two years of weekly reading.
 */
export const SIGNAL_LEVEL = 0.01;

/**
 * Compares a period with the ones before it by Fisher's exact test. `not-enough` when no outcome of these two bases could
 * reach the level: a base of 0, or 1 ÷ C(n + m, n) — twice that when n = m — above {@link SIGNAL_LEVEL}.
 */
export function signalBetween(recent: Satisfaction, before: Satisfaction): Signal {
  if (smallestPossibleP(recent.base, before.base) > SIGNAL_LEVEL) return { kind: 'not-enough' };
  const p = fisherExactTwoSided(
    recent.satisfied,
    recent.base - recent.satisfied,
    before.satisfied,
    before.base - before.satisfied,
  );
  if (p > SIGNAL_LEVEL) return { kind: 'no-signal', p };
  const isUp = recent.satisfied * before.base > before.satisfied * recent.base;
  return { kind: 'signal', direction: isUp ? 'up' : 'down', p };
}

/** Tables whose probabilities differ by less than this, relatively, are taken as equally likely, as R's `fisher.test` does. */
const TIE_TOLERANCE = 1e-7;
/** A table this much less likely than the one in question adds nothing, nor do those beyond it. */
const NOTHING = 1e-18;

/**
 * Fisher's exact test of the table `a b / c d`, two-sided: the probability, margins given, of a table as likely as this one or
 * less (R. A. Fisher; the two-sided rule of R's `fisher.test`). 1 when a margin is 0.
 *
 * Probabilities are not computed from factorials, whose logarithms keep only nine digits at a hundred thousand, but as ratios
 * of neighbours, each a share of the likeliest table's, from that one outwards, which keep twelve.
 *
 * @throws RangeError unless all four are whole and at least 0
 */
export function fisherExactTwoSided(a: number, b: number, c: number, d: number): number {
  for (const count of [a, b, c, d])
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`${count} is not a count.`);
  const row = a + b;
  const column = a + c;
  const total = row + c + d;
  const lowest = Math.max(0, row + column - total);
  const highest = Math.min(row, column);
  const likeliest = Math.min(highest, Math.floor(((row + 1) * (column + 1)) / (total + 2)));

  const oneMore = (k: number) => ((row - k) * (column - k)) / ((k + 1) * (total - row - column + k + 1));
  const oneLess = (k: number) => (k * (total - row - column + k)) / ((row - k + 1) * (column - k + 1));

  let weight = 1;
  for (let k = likeliest; k < a && weight > 0; k += 1) weight *= oneMore(k);
  for (let k = likeliest; k > a && weight > 0; k -= 1) weight *= oneLess(k);
  const limit = weight * (1 + TIE_TOLERANCE);

  // No list is kept of them: a year of a large reception has hundreds of thousands of tables.
  let all = 1;
  let asUnlikely = limit >= 1 ? 1 : 0;
  const add = (chance: number) => {
    all += chance;
    if (chance <= limit) asUnlikely += chance;
    return chance >= limit * NOTHING;
  };
  weight = 1;
  for (let k = likeliest; k < highest && weight > 0; k += 1) if (!add((weight *= oneMore(k)))) break;
  weight = 1;
  for (let k = likeliest; k > lowest && weight > 0; k -= 1) if (!add((weight *= oneLess(k)))) break;
  return asUnlikely / all;
}

/**
 * The smallest p that any outcome with these two bases could have. By the identity C(n,a)·C(m,b) / C(n+m,a+b) =
 * C(a+b,a)·C(n+m−a−b,n−a) / C(n+m,n), no table is less likely than 1 ÷ C(n+m,n); all satisfied on one side and none on
 * the other attains it, and with equal bases so does its mirror image.
 */
function smallestPossibleP(n: number, m: number): number {
  if (n === 0 || m === 0) return 1;
  let p = n === m ? 2 : 1;
  for (let k = 1; k <= Math.min(n, m) && p > 0; k += 1) p *= k / (Math.max(n, m) + k);
  return Math.min(1, p);
}
