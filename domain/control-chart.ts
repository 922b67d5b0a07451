import type { Satisfaction } from './signal.ts';

/**
 * Chance alone puts a point beyond one of its limits at most this often. It is what lies beyond three standard deviations of the normal law, on one
 * side, so that the chart reads as any control chart does.
 */
export const BEYOND_LIMIT = 0.00135;
/** So many points running on one side of the centre are looked at together. */
export const RUN_LENGTH = 8;
/** With fewer points there is no telling what is usual. */
export const FEWEST_POINTS = 8;

/** Between which shares a point of this base lies unless something has changed; both attainable, both within. */
export interface ControlLimits {
  readonly low: number;
  readonly high: number;
}

/** One point of the chart. */
export interface ChartPoint extends Satisfaction, ControlLimits {
  readonly place: 'inside' | 'above' | 'below';
  /** It belongs to points running on one side that, taken together, are beyond their limits. */
  readonly isInRun: boolean;
}

/** A p-chart: what is usual, and each point against it. Places without answers stay empty. */
export interface ControlChart {
  /** Of all points together, 0 to 1. */
  readonly centre: number;
  readonly points: readonly (ChartPoint | null)[];
}

/**
 * The p-chart of a service's shares, in the order of time. The centre is the share of all points together; each point's limits follow its
 * own base. They are taken from the binomial law itself, not from three standard deviations: near 90 % and on a few dozen answers the
 * law leans, and symmetrical limits would cry wolf below and be beyond 100 % above.
 *
 * @returns null with fewer than {@link FEWEST_POINTS} points
 */
export function controlChart(places: readonly (Satisfaction | null)[]): ControlChart | null {
  const given = places.filter((place): place is Satisfaction => place !== null && place.base > 0);
  if (given.length < FEWEST_POINTS) return null;
  const centre = sumOf(given, 'satisfied') / sumOf(given, 'base');
  const placed = places.map((place) => {
    if (place === null || place.base === 0) return null;
    const limits = controlLimits(centre, place.base);
    return { ...place, ...limits, place: placeOf(place, limits) };
  });
  const running = new Set(runsIn(centre, given).flat());
  return {
    centre,
    points: placed.map((point, index) => {
      const place = places[index];
      return point === null ? null : { ...point, isInRun: place != null && running.has(place) };
    }),
  };
}

/**
 * The least and the greatest share of a base that chance alone would bring, each with more than {@link BEYOND_LIMIT} beyond it included.
 *
 * @param centre a share, 0 to 1
 * @throws RangeError unless the base is whole and above 0
 */
export function controlLimits(centre: number, base: number): ControlLimits {
  if (!Number.isSafeInteger(base) || base < 1) throw new RangeError(`${base} is not a base.`);
  if (!(centre >= 0 && centre <= 1)) throw new RangeError(`${centre} is not a share.`);
  if (centre === 0 || centre === 1) return { low: centre, high: centre };
  const { first, weights } = binomialWeights(centre, base);
  let all = 0;
  for (const weight of weights) all += weight;
  const last = weights.length - 1;
  const beyond = BEYOND_LIMIT * all;
  return {
    low: (first + firstPast((index) => weights[index], beyond)) / base,
    high: (first + last - firstPast((index) => weights[last - index], beyond)) / base,
  };
}

/** What the chart says of its last point. */
export type ChartFinding =
  | { readonly kind: 'not-enough' }
  | { readonly kind: 'stable' }
  | { readonly kind: 'outside'; readonly direction: 'up' | 'down' }
  | { readonly kind: 'run'; readonly direction: 'up' | 'down'; readonly length: number };

/** Tells the last point that has answers: beyond its limits, the last of a run, or neither. */
export function chartFinding(chart: ControlChart | null): ChartFinding {
  const points = chart?.points.filter((point) => point !== null) ?? [];
  const last = points.at(-1);
  if (chart === null || last === undefined) return { kind: 'not-enough' };
  if (last.place !== 'inside') return { kind: 'outside', direction: last.place === 'above' ? 'up' : 'down' };
  if (!last.isInRun) return { kind: 'stable' };
  const direction = sideOf(chart.centre, last) === 1 ? 'up' : 'down';
  const begins = points.findLastIndex(
    (point) => !point.isInRun || sideOf(chart.centre, point) !== sideOf(chart.centre, last),
  );
  return { kind: 'run', direction, length: points.length - 1 - begins };
}

/** Whole runs on one side of the centre, long enough, that taken together are beyond the limits of their base. */
function runsIn(centre: number, points: readonly Satisfaction[]): readonly (readonly Satisfaction[])[] {
  const runs: Satisfaction[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    const [before] = run ?? [];
    const continues = before !== undefined && sideOf(centre, before) === sideOf(centre, point);
    if (run !== undefined && continues) run.push(point);
    else runs.push([point]);
  }
  return runs.filter((run) => {
    const together = { satisfied: sumOf(run, 'satisfied'), base: sumOf(run, 'base') };
    return run.length >= RUN_LENGTH && placeOf(together, controlLimits(centre, together.base)) !== 'inside';
  });
}

/** A point on the centre is on neither side, and ends a run. */
function sideOf(centre: number, { satisfied, base }: Satisfaction): -1 | 0 | 1 {
  const difference = satisfied - centre * base;
  if (Math.abs(difference) < 1e-9) return 0;
  return difference > 0 ? 1 : -1;
}

function placeOf({ satisfied, base }: Satisfaction, { low, high }: ControlLimits): ChartPoint['place'] {
  // The limits are whole counts ÷ base: half a count is nearer to neither.
  if (satisfied < low * base - 0.5) return 'below';
  return satisfied > high * base + 0.5 ? 'above' : 'inside';
}

/** A chance this much smaller than the likeliest is none, whatever comes after it. */
const NOTHING = 1e-18;

/** Chances of so many satisfied of a base, as shares of the likeliest, from the first count that is worth anything. */
function binomialWeights(
  share: number,
  base: number,
): { readonly first: number; readonly weights: number[] } {
  const odds = share / (1 - share);
  const likeliest = Math.min(base, Math.floor((base + 1) * share));
  const below: number[] = [];
  for (let k = likeliest, weight = 1; k > 0; k -= 1) {
    weight *= k / ((base - k + 1) * odds);
    if (weight < NOTHING) break;
    below.push(weight);
  }
  const above: number[] = [];
  for (let k = likeliest, weight = 1; k < base; k += 1) {
    weight *= ((base - k) * odds) / (k + 1);
    if (weight < NOTHING) break;
    above.push(weight);
  }
  return { first: likeliest - below.length, weights: [...below.reverse(), 1, ...above] };
}

/** How many weights stand before the sum of them is above a limit, which is below that of all. */
function firstPast(weightAt: (index: number) => number | undefined, limit: number): number {
  let [index, sum] = [0, 0];
  for (; ; index += 1) {
    const weight = weightAt(index);
    if (weight === undefined) return -1;
    sum += weight;
    if (sum > limit) return index;
  }
}

function sumOf(points: readonly Satisfaction[], part: keyof Satisfaction): number {
  return points.reduce((sum, point) => sum + point[part], 0);
}
