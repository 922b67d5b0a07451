import { parsePeriod } from '../../domain/periods.ts';
import type { ComparedBy, ComparisonPanel } from '../../protocol/comparison.ts';
import { periodTitle } from '../words/period-words.ts';
import { words } from '../words/words.ts';

/** The same within a sentence: a question is quoted. */
export function panelInSentence(by: ComparedBy, panel: Pick<ComparisonPanel, 'label'>): string {
  return by === 'items' ? words.comparison.quoted(panel.label) : panelName(by, panel);
}

/** What a panel is called: a period by its title, anything else by its own name. */
export function panelName(by: ComparedBy, { label }: Pick<ComparisonPanel, 'label'>): string {
  const period = parsePeriod(label);
  return by === 'periods' && period.ok ? periodTitle(period.value) : label;
}
