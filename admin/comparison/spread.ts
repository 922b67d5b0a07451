import { fisherExactTwoSided } from '../../domain/signal.ts';
import type { Comparison, ComparisonPanel } from '../../protocol/comparison.ts';
import { words } from '../words/words.ts';
import { panelInSentence } from './panel-name.ts';

/** Chance alone makes a gap between any two of the panels at most this often. */
const FALSE_GAP = 0.05;

type Told = ComparisonPanel & { readonly share: number };

/**
 * What the panels show in a sentence: the highest, the lowest, and whether chance would put them as far apart. They were picked out of all pairs for
 * being furthest apart, so the level is shared among these (Bonferroni).
 */
export function spreadText({ by, panels }: Comparison): string {
  const text = words.comparison;
  const told = panels.flatMap((panel): Told[] =>
    panel.figure.disclosure === 'comparable' && panel.figure.measures !== null
      ? [{ ...panel, share: panel.figure.measures.shareSatisfied }]
      : [],
  );
  const sorted = told.toSorted((a, b) => b.share - a.share);
  const [highest, lowest] = [sorted.at(0), sorted.at(-1)];
  if (highest === undefined || lowest === undefined || highest === lowest) return text.cannotCompare;
  const pairs = (told.length * (told.length - 1)) / 2;
  return text.spread(
    panelInSentence(by, highest),
    highest.share,
    panelInSentence(by, lowest),
    lowest.share,
    chanceOf(highest, lowest) <= FALSE_GAP / pairs,
  );
}

function chanceOf(highest: Told, lowest: Told): number {
  const [high, low] = [satisfiedIn(highest), satisfiedIn(lowest)];
  return fisherExactTwoSided(high, highest.figure.base - high, low, lowest.figure.base - low);
}

function satisfiedIn({ share, figure }: Told): number {
  return Math.round(share * figure.base);
}
