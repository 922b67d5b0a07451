import { parsePeriod, type Period } from '../../domain/periods.ts';
import type { Figure } from '../../protocol/scores.ts';
import { periodInSentence, periodTitle } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import type { NamedFigure } from './named-figure.ts';

/**
 * The figures that stand under one another for a service: the period, the one it is compared with, and the weeks that lead up to it
 * where these are longer than the period itself.
 */
export function overviewRows(
  figures: {
    readonly figure: Figure;
    readonly compared: Figure | null;
    readonly rolling4: Figure;
    readonly rolling13: Figure;
  },
  period: Period,
  comparedPeriod: Period,
): readonly NamedFigure[] {
  const text = words.scores.overview;
  return [
    { label: periodTitle(period), figure: figures.figure },
    ...(figures.compared === null
      ? []
      : [{ label: periodTitle(comparedPeriod), figure: figures.compared, isMinor: true, isCompared: true }]),
    ...(period.kind === 'week'
      ? [{ label: text.rolling4, longLabel: text.rolling4Long, figure: figures.rolling4, isMinor: true }]
      : []),
    ...(period.kind === 'week' || period.kind === 'month'
      ? [{ label: text.rolling13, longLabel: text.rolling13Long, figure: figures.rolling13, isMinor: true }]
      : []),
  ];
}

/** « semaine 46 », from the wire's `2026-W46`. */
export function periodTextInSentence(text: string): string {
  const period = parsePeriod(text);
  return period.ok ? periodInSentence(period.value) : text;
}
