import type { MeasureId } from '../../domain/measures.ts';
import type { ScaleId } from '../../domain/scales.ts';
import type { Figure } from '../../protocol/scores.ts';
import { formatDecimal, formatShare, formatSigned } from '../words/format.ts';

type Measures = NonNullable<Figure['measures']>;

/** A measure's value in its own unit; null where the figure does not tell it. */
export function measureValue(measureId: MeasureId, measures: Measures | null): number | null {
  if (measures === null) return null;
  switch (measureId) {
    case 'share-satisfied':
      return measures.shareSatisfied;
    case 'net-satisfaction':
      return measures.netSatisfaction;
    case 'mean-out-of-ten':
      return measures.meanOutOfTen;
    case 'happy-index':
      return measures.happyIndex;
    case 'net-promoter-score':
      return measures.netPromoterScore;
  }
}

/** The value as one reads it: « 84,9 % », « +70 points », « 7,8 », « 78,2 ». */
export function formatMeasure(measureId: MeasureId, value: number): string {
  switch (measureId) {
    case 'share-satisfied':
      return formatShare(value);
    case 'net-satisfaction':
      return `${formatSigned(value * 100, 1)} pts`;
    case 'mean-out-of-ten':
    case 'happy-index':
      return formatDecimal(value);
    case 'net-promoter-score':
      return formatSigned(value);
  }
}

/** The measures that mean something on these scales: an NPS needs 0–10. */
export function measuresFor(scaleIds: readonly (ScaleId | null)[]): readonly MeasureId[] {
  const always: readonly MeasureId[] = [
    'share-satisfied',
    'net-satisfaction',
    'mean-out-of-ten',
    'happy-index',
  ];
  return scaleIds.includes('zero-to-ten') ? [...always, 'net-promoter-score'] : always;
}
