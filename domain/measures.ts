import type { Scale } from './scales.ts';
import { baseOf, countOf, satisfiedCount, type Tally } from './tally.ts';

/**
 * The figures a tally can be read as. They cannot replace one another: a screen names the one it shows and prints its
 * base beside it. Sources and worked examples: `docs/measures.md`.
 */
export type MeasureId =
  | 'share-satisfied'
  | 'net-satisfaction'
  | 'mean-out-of-ten'
  | 'happy-index'
  | 'net-promoter-score';

/** Satisfied answers ÷ expressed answers, 0 to 1; the audit measure. Null when nobody expressed an answer. */
export function shareSatisfied(scale: Scale, tally: Tally): number | null {
  const base = baseOf(scale, tally);
  return base === 0 ? null : satisfiedCount(scale, tally) / base;
}

/**
 * Share satisfied minus share dissatisfied, −1 to 1. Dissatisfied are the points below the middle of the scale; the middle
 * point, where there is one, counts in neither. Null when nobody expressed an answer.
 */
export function netSatisfaction(scale: Scale, tally: Tally): number | null {
  const base = baseOf(scale, tally);
  if (base === 0) return null;
  const dissatisfied = scale.points
    .filter((point) => !point.isSatisfied && point.score < 50)
    .reduce((sum, point) => sum + countOf(tally, point.code), 0);
  return (satisfiedCount(scale, tally) - dissatisfied) / base;
}

/** Mean of the points put on 0–10 at equal distances, as *Je donne mon avis* does. Null when nobody expressed an answer. */
export function meanOutOfTen(scale: Scale, tally: Tally): number | null {
  const index = happyIndex(scale, tally);
  return index === null ? null : index / 10;
}

/** Mean of the points put on 0–100 at equal distances, as HappyOrNot does. Null when nobody expressed an answer. */
export function happyIndex(scale: Scale, tally: Tally): number | null {
  const base = baseOf(scale, tally);
  if (base === 0) return null;
  return scale.points.reduce((sum, point) => sum + point.score * countOf(tally, point.code), 0) / base;
}

/**
 * Percentage of promoters (9–10) minus percentage of detractors (0–6), −100 to 100. Null on any scale but `zero-to-ten`,
 * and when nobody expressed an answer.
 */
export function netPromoterScore(scale: Scale, tally: Tally): number | null {
  const base = baseOf(scale, tally);
  if (scale.scaleId !== 'zero-to-ten' || base === 0) return null;
  const detractors = scale.points
    .filter((point) => point.score <= 60)
    .reduce((sum, point) => sum + countOf(tally, point.code), 0);
  return (100 * (satisfiedCount(scale, tally) - detractors)) / base;
}

/** Any measure by its name, in its own unit; null when it has no value here. */
export function measure(measureId: MeasureId, scale: Scale, tally: Tally): number | null {
  switch (measureId) {
    case 'share-satisfied':
      return shareSatisfied(scale, tally);
    case 'net-satisfaction':
      return netSatisfaction(scale, tally);
    case 'mean-out-of-ten':
      return meanOutOfTen(scale, tally);
    case 'happy-index':
      return happyIndex(scale, tally);
    case 'net-promoter-score':
      return netPromoterScore(scale, tally);
  }
}
