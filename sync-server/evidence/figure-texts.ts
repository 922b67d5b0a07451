import type { Decision } from '../../protocol/integrity.ts';
import type { Figure } from '../../protocol/scores.ts';
import { disclosureText, verdictText } from '../exports/words.ts';

/** A share as every screen writes it: 0.849 → « 84,9 % ». */
export function percentText(share: number): string {
  return `${decimalText(share * 100)}\u00a0%`;
}

/** « 84,9 % », or why there is none. */
export function shareText(figure: Figure): string {
  return figure.measures === null ? disclosureText(figure) : percentText(figure.measures.shareSatisfied);
}

/** « 79,6 – 89,1 % » */
export function intervalText({ interval }: Figure): string {
  return interval === null ? '–' : `${decimalText(interval.low * 100)} – ${percentText(interval.high)}`;
}

/** « atteint » */
export function goalText(figure: Figure): string {
  return verdictText(figure) ?? '–';
}

/** The difference of two shares in points, where both may be told: « +1,2 ». */
export function differenceText(now: Figure, before: Figure): string {
  if (now.measures === null || before.measures === null) return '–';
  const points = (now.measures.shareSatisfied - before.measures.shareSatisfied) * 100;
  const text = decimalText(Math.abs(points));
  return text === '0,0' ? text : `${points > 0 ? '+' : '−'}${text}`;
}

export function countText(count: number): string {
  return new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 }).format(count);
}

/** « matin », or nothing where it is of both halves. */
export function halfDayText(halfDay: Decision['halfDay']): string | null {
  if (halfDay === null) return null;
  return halfDay === 'am' ? 'matin' : 'après-midi';
}

export function decisionText(kind: Decision['kind']): string {
  return kind === 'include' ? 'remises dans les chiffres' : 'écartées des chiffres';
}

function decimalText(value: number): string {
  return new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
}
