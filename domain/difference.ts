import { type Interval, wilsonInterval } from './interval.ts';
import type { Satisfaction } from './signal.ts';

/** How far two shares are apart, −1 to 1, and between which differences chance leaves it. */
export interface Difference extends Interval {
  readonly difference: number;
  /** The interval holds 0: the answers do not show which is higher. */
  readonly isOpen: boolean;
}

/**
 * The difference of two shares with its 95 % interval, by Newcombe's method 10: the Wilson intervals of both, put together (R. G. Newcombe,
 * Statistics in Medicine 17, 1998). Null where either base is 0.
 */
export function shareDifference(one: Satisfaction, other: Satisfaction): Difference | null {
  const [first, second] = [
    wilsonInterval(one.satisfied, one.base),
    wilsonInterval(other.satisfied, other.base),
  ];
  if (first === null || second === null) return null;
  const [p, q] = [one.satisfied / one.base, other.satisfied / other.base];
  const difference = p - q;
  const low = difference - Math.hypot(p - first.low, second.high - q);
  const high = difference + Math.hypot(first.high - p, q - second.low);
  return { difference, low, high, isOpen: low <= 0 && high >= 0 };
}
