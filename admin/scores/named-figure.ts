import type { Figure } from '../../protocol/scores.ts';

/** A figure and what it is of, as it stands under others of the same measure. */
export interface NamedFigure {
  readonly label: string;
  /** Said in full to whoever hears it. */
  readonly longLabel?: string;
  readonly figure: Figure;
  readonly isMinor?: boolean;
  /** It is what the period is compared with, and says nothing of the period. */
  readonly isCompared?: boolean;
}

/** The first of these figures that has a verdict, the compared one apart: what may be said against the target. */
export function speakingFigure(rows: readonly NamedFigure[]): NamedFigure | undefined {
  return rows.find(({ figure, isCompared }) => isCompared !== true && figure.verdict !== null);
}
