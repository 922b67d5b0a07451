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
  // Seen from the other end, the greatest of the satisfied is the least of those who are not.
  const satisfied = below(centre, base);
  const others = below(1 - centre, base, base - satisfied.likeliest);
  const beyond = BEYOND_LIMIT * (satisfied.sum + 1 + others.sum);
  return {
    low: countPast(satisfied, beyond) / base,
    high: (base - countPast(others, beyond)) / base,
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

/** The counts below the likeliest one, with chances as shares of its own: from the first that is worth anything, and all of them together. */
interface Below {
  readonly base: number;
  readonly odds: number;
  readonly likeliest: number;
  readonly first: number;
  readonly firstWeight: number;
  readonly sum: number;
}

/** No list is kept of them: a year of weeks at a large reception has a hundred thousand counts that are worth something. */
function below(
  share: number,
  base: number,
  likeliest = Math.min(base, Math.floor((base + 1) * share)),
): Below {
  const odds = share / (1 - share);
  let [first, firstWeight, sum] = [likeliest, 1, 0];
  for (let k = likeliest, weight = 1; k > 0; k -= 1) {
    weight *= k / ((base - k + 1) * odds);
    if (weight < NOTHING) break;
    first = k - 1;
    firstWeight = weight;
    sum += weight;
  }
  return { base, odds, likeliest, first, firstWeight, sum };
}

/** The first count with which the chances of all up to it are together above a limit, which is below that of all. */
function countPast({ base, odds, first, firstWeight }: Below, limit: number): number {
  let [count, weight, sum] = [first, firstWeight, firstWeight];
  while (sum <= limit) {
    weight *= ((base - count) * odds) / (count + 1);
    count += 1;
    sum += weight;
  }
  return count;
}

function sumOf(points: readonly Satisfaction[], part: keyof Satisfaction): number {
  return points.reduce((sum, point) => sum + point[part], 0);
}
