/** What a bench measured, by the name of the figure; the unit is in the name. */
export type Figures = Readonly<Record<string, number>>;
/** What a figure must come to. */
export type Target = { readonly atMost: number } | { readonly atLeast: number };
export type Targets = Readonly<Record<string, Target>>;

/** What `scripts/bench.mjs` prints. */
export interface Measured {
  readonly figures: Figures;
  readonly targets: Targets;
  /** Every target is met. */
  readonly met: boolean;
}

/**
 * Holds figures against their targets.
 *
 * @throws Error when a target has no figure, or a figure is no number: a bench that did not measure must never pass.
 */
export function judge(figures: Figures, targets: Targets): Measured {
  for (const [name, value] of Object.entries(figures))
    if (!Number.isFinite(value)) throw new Error(`${name} was not measured: ${value}`);
  const met = Object.entries(targets).every(([name, target]) => {
    const value = figures[name];
    if (value === undefined) throw new Error(`The target ${name} has no figure.`);
    return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
  });
  return { figures, targets, met };
}
