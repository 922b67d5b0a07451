import { type ScaleId, scaleOf } from '../../domain/scales.ts';
import { DEFAULT_THRESHOLDS } from '../../domain/small-base.ts';
import { countOf, satisfiedCount } from '../../domain/tally.ts';
import type { Figure } from '../../protocol/scores.ts';
import { words } from '../words/words.ts';

/**
 * What stands in place of a share that is not told: how many answers there are, and why there is no share. Null where the share is
 * told.
 *
 * @param scaleId of the item; null for a choice, whose answers are neither satisfied nor not
 */
export function undisclosedText(figure: Figure, scaleId: ScaleId | null): string | null {
  const text = words.scores.disclosure;
  switch (figure.disclosure) {
    case 'none':
      return text.none;
    case 'hidden':
      // A total that is large enough by itself is hidden for what it would tell of its parts.
      return figure.base < DEFAULT_THRESHOLDS.hiddenBelow ? text.hidden(figure.base) : text.suppressed;
    case 'counts-only': {
      if (figure.counts === null || scaleId === null) return text.countsOnlyPlain(figure.base);
      const satisfied = satisfiedCount(scaleOf(scaleId), figure.counts);
      return text.countsOnly(satisfied, figure.base - satisfied);
    }
    case 'small-base':
    case 'comparable':
      return null;
  }
}

export interface OptionCount {
  readonly code: string;
  readonly label: string;
  readonly count: number;
}

/** How often each option was given, in the order they are asked; null where the counts are not told. */
export function optionCounts(
  figure: Figure,
  options: readonly { readonly code: string; readonly label: string }[],
): readonly OptionCount[] | null {
  const { counts } = figure;
  return counts === null
    ? null
    : options.map(({ code, label }) => ({ code, label, count: countOf(counts, code) }));
}
