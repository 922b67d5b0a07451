/** Up to which bases what may be shown. */
export interface DisclosureThresholds {
  /** Below this many expressed answers only the base is shown. */
  readonly hiddenBelow: number;
  /** Below this many the counts are shown to the site's own people, without any share. */
  readonly countsOnlyBelow: number;
  /** From this many a figure may be compared with a target or another figure, and published. */
  readonly comparableFrom: number;
}

export const DEFAULT_THRESHOLDS: DisclosureThresholds = {
  hiddenBelow: 5,
  countsOnlyBelow: 11,
  comparableFrom: 30,
};

/** What a base lets be shown; `none` when there is nothing to show. */
export type Disclosure = 'none' | 'hidden' | 'counts-only' | 'small-base' | 'comparable';

export function disclosureOf(
  base: number,
  thresholds: DisclosureThresholds = DEFAULT_THRESHOLDS,
): Disclosure {
  if (base === 0) return 'none';
  if (base < thresholds.hiddenBelow) return 'hidden';
  if (base < thresholds.countsOnlyBelow) return 'counts-only';
  return base < thresholds.comparableFrom ? 'small-base' : 'comparable';
}

/**
 * Complementary suppression: whether the total of several disjoint parts may be shown beside them. Whoever subtracts the
 * shown parts from the total learns the sum of the hidden ones, so that sum must itself be large enough to be shown, or
 * be nothing at all. (One hidden part alone never is: it is below the threshold by definition.)
 *
 * For an audience that sees less, e.g. the public, pass thresholds whose `hiddenBelow` is the first base that audience sees.
 */
export function mayShowTotal(
  partBases: readonly number[],
  thresholds: DisclosureThresholds = DEFAULT_THRESHOLDS,
): boolean {
  const hidden = partBases
    .filter((base) => base < thresholds.hiddenBelow)
    .reduce((sum, base) => sum + base, 0);
  return hidden === 0 || hidden >= thresholds.hiddenBelow;
}

/**
 * Which totals of several groups of parts may be shown, beside the shown parts and beside the total of all groups. Whoever takes the shown groups
 * and the shown parts from the whole learns the sum of the hidden parts of the other groups: where that would be too few, one more group is
 * held back, the one whose hidden parts are fewest.
 *
 * @param groups the bases of each group's parts
 */
export function mayShowGroupTotals(
  groups: readonly (readonly number[])[],
  thresholds: DisclosureThresholds = DEFAULT_THRESHOLDS,
): readonly boolean[] {
  const hiddenOf = (parts: readonly number[]) =>
    parts.filter((base) => base < thresholds.hiddenBelow).reduce((sum, base) => sum + base, 0);
  const hidden = groups.map(hiddenOf);
  const shown = groups.map((parts) => mayShowTotal(parts, thresholds));
  const left = hidden.reduce((sum, count, index) => sum + (shown[index] === true ? 0 : count), 0);
  if (left === 0 || left >= thresholds.hiddenBelow) return shown;
  const fewest = hidden.reduce(
    (best, count, index) =>
      shown[index] === true && count > 0 && (best === -1 || count < (hidden[best] ?? 0)) ? index : best,
    -1,
  );
  return shown.map((isShown, index) => isShown && index !== fewest);
}

/**
 * Which parts may be shown one by one beside their total. Those with too few answers are held back; where these together would be too few as well,
 * whoever takes the shown parts from the total would learn them, and the shown part with the fewest answers is held back too.
 */
export function mayShowParts(
  bases: readonly number[],
  thresholds: DisclosureThresholds = DEFAULT_THRESHOLDS,
): readonly boolean[] {
  const shown = bases.map((base) => base === 0 || base >= thresholds.hiddenBelow);
  if (mayShowTotal(bases, thresholds)) return shown;
  const fewest = bases.reduce(
    (best, base, index) =>
      shown[index] === true && base > 0 && (best === -1 || base < (bases[best] ?? 0)) ? index : best,
    -1,
  );
  return shown.map((isShown, index) => isShown && index !== fewest);
}
