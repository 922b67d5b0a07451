/** The ends of an interval around a share, each 0 to 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % quantile of the normal law: 95 % lie within it on both sides. */
const Z = 1.959963984540054;

/**
 * The Wilson score interval at 95 %, without continuity correction (E. B. Wilson, JASA 22, 1927). Unlike the normal
 * formula it stays within 0–1 and holds for small bases and shares near 100 %. It tells of chance only, not of who chose
 * to answer. Null when the base is 0.
 *
 * @throws RangeError unless 0 ≤ successes ≤ base, both whole
 */
export function wilsonInterval(successes: number, base: number): Interval | null {
  if (!Number.isSafeInteger(base) || !Number.isSafeInteger(successes) || successes < 0 || successes > base)
    throw new RangeError(`${successes} of ${base} is not a share.`);
  if (base === 0) return null;
  const share = successes / base;
  const zz = Z * Z;
  const centre = share + zz / (2 * base);
  const half = Z * Math.sqrt((share * (1 - share)) / base + zz / (4 * base * base));
  const stretch = 1 + zz / base;
  // At the ends the formula gives exactly 0 and 1; floating point would leave a crumb on the wrong side.
  return {
    low: successes === 0 ? 0 : (centre - half) / stretch,
    high: successes === base ? 1 : (centre + half) / stretch,
  };
}
