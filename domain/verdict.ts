import { wilsonInterval } from './interval.ts';

/** What may be said of a share against a target; the raw share is always shown beside it. */
export type TargetVerdict = 'reached' | 'not-reached' | 'not-yet-demonstrated';

/**
 * `reached` when the whole Wilson 95 % interval is at or above the target, `not-reached` when it is below, and
 * `not-yet-demonstrated` when the target lies inside it. Null when the base is 0.
 *
 * @param target a share, 0 to 1
 */
export function targetVerdict(satisfied: number, base: number, target: number): TargetVerdict | null {
  if (!(target >= 0 && target <= 1)) throw new RangeError(`A target of ${target} is not a share.`);
  const interval = wilsonInterval(satisfied, base);
  if (interval === null) return null;
  if (interval.low >= target) return 'reached';
  return interval.high < target ? 'not-reached' : 'not-yet-demonstrated';
}
