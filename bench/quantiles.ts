/**
 * The value that a share of the sample does not exceed, by nearest rank: always a value that was really measured.
 *
 * @param share from 0 to 1; 0.95 is the 95th percentile
 * @throws RangeError when the sample is empty or the share is out of range
 */
export function quantile(sample: readonly number[], share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`A share is from 0 to 1, not ${share}.`);
  const sorted = sample.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('An empty sample has no quantile.');
  return value;
}

/** The middle of the sample; the mean of the two middle values when there is no single one. */
export function median(sample: readonly number[]): number {
  const sorted = sample.toSorted((a, b) => a - b);
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  if (low === undefined || high === undefined) throw new RangeError('An empty sample has no median.');
  return (low + high) / 2;
}

/** A figure as it is told: more digits would be noise. */
export function rounded(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
