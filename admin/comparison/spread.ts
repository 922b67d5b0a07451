import { shareDifference } from '../../domain/difference.ts';
import type { Comparison, ComparisonPanel } from '../../protocol/comparison.ts';
import { words } from '../words/words.ts';
import { panelName } from './panel-name.ts';

type Told = ComparisonPanel & { readonly share: number };

/** What the panels show in a sentence: the highest, the lowest, and whether chance would put them as far apart. */
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
  const apart = shareDifference(satisfactionOf(highest), satisfactionOf(lowest));
  return text.spread(
    panelName(by, highest),
    highest.share,
    panelName(by, lowest),
    lowest.share,
    apart !== null && !apart.isOpen,
  );
}

function satisfactionOf({ share, figure }: Told) {
  return { satisfied: Math.round(share * figure.base), base: figure.base };
}
