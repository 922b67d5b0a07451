import { type Difference, shareDifference } from '../../domain/difference.ts';
import { wilsonInterval } from '../../domain/interval.ts';
import {
  happyIndex,
  meanOutOfTen,
  netPromoterScore,
  netSatisfaction,
  shareSatisfied,
} from '../../domain/measures.ts';
import { NOT_APPLICABLE, type Scale } from '../../domain/scales.ts';
import type { Satisfaction } from '../../domain/signal.ts';
import { type Disclosure, disclosureOf, mayShowTotal } from '../../domain/small-base.ts';
import { baseOf, countOf, mergeTallies, satisfiedCount, type Tally } from '../../domain/tally.ts';
import { targetVerdict } from '../../domain/verdict.ts';
import type { Figure } from '../../protocol/scores.ts';

/** Of nothing: nobody was asked, or nobody expressed an answer. */
export const NO_FIGURE: Figure = withheld(0, 'none');

/**
 * What may be told of a tally, and no more: the small-base rules are kept here, so that what is hidden never leaves the server.
 *
 * @param target a share, 0 to 1; null where none is set
 */
export function figureOf(scale: Scale, tally: Tally, target: number | null): Figure {
  const base = baseOf(scale, tally);
  const disclosure = disclosureOf(base);
  const codes = [...scale.points.map((point) => point.code), NOT_APPLICABLE];
  const counts = Object.fromEntries(codes.map((code) => [code, countOf(tally, code)]));
  switch (disclosure) {
    case 'none':
    case 'hidden':
      return withheld(base, disclosure);
    case 'counts-only':
      return { ...withheld(base, disclosure), counts };
    case 'small-base':
      return { ...withheld(base, disclosure), counts, ...readings(scale, tally) };
    case 'comparable': {
      const verdict = target === null ? null : targetVerdict(satisfiedCount(scale, tally), base, target);
      return { base, disclosure, counts, ...readings(scale, tally), verdict };
    }
  }
}

/**
 * A choice has counts and no measure. Where several options may be chosen only the options are counted, not the people: at least as
 * many answered as chose the commonest one, and that is the base.
 */
export function choiceFigureOf(codes: readonly string[], isMultiple: boolean, tally: Tally): Figure {
  const given = codes.map((code) => countOf(tally, code));
  const base = isMultiple ? Math.max(0, ...given) : given.reduce((sum, count) => sum + count, 0);
  const disclosure = disclosureOf(base);
  if (disclosure === 'none' || disclosure === 'hidden') return withheld(base, disclosure);
  return {
    ...withheld(base, disclosure),
    counts: Object.fromEntries(codes.map((code, index) => [code, given[index] ?? 0])),
  };
}

/**
 * Several services together. Hidden where it would give a hidden part away: complementary suppression. Services on different scales
 * have no common figure, only a base.
 */
export function totalFigureOf(
  parts: readonly { readonly scale: Scale; readonly tally: Tally; readonly target: number }[],
): Figure {
  const [first] = parts;
  if (first === undefined) return NO_FIGURE;
  const bases = parts.map(({ scale, tally }) => baseOf(scale, tally));
  const target = parts.every((part) => part.target === first.target) ? first.target : null;
  const tally = mergeTallies(...parts.map((part) => part.tally));
  const isOneScale = parts.every((part) => part.scale.scaleId === first.scale.scaleId);
  if (isOneScale && mayShowTotal(bases)) return figureOf(first.scale, tally, target);
  const base = bases.reduce((sum, part) => sum + part, 0);
  return base === 0 ? NO_FIGURE : withheld(base, 'hidden');
}

/** How far two figures' shares are apart; null where either may not be told. */
export function differenceOf(one: Figure, other: Figure): Difference | null {
  const [first, second] = [satisfactionTold(one), satisfactionTold(other)];
  return first === null || second === null ? null : shareDifference(first, second);
}

/** How many were satisfied, where a share may be told. */
export function satisfactionTold({ base, measures }: Figure): Satisfaction | null {
  return measures === null ? null : { satisfied: Math.round(measures.shareSatisfied * base), base };
}

/** The share that a figure tells, by its counts. */
export interface ShareTold {
  readonly base: number;
  /** null where no share may be told. */
  readonly given: Satisfaction | null;
}

export function shareToldOf(figure: Figure): ShareTold {
  return { base: figure.base, given: satisfactionTold(figure) };
}

/** The same straight from the tally: a year of weeks is charted for every service, and nothing else of their figures is looked at. */
export function shareTold(scale: Scale, tally: Tally): ShareTold {
  const base = baseOf(scale, tally);
  return { base, given: maySayShare(base) ? { satisfied: satisfiedCount(scale, tally), base } : null };
}

/** Whether a share may be told of so many answers. */
export function maySayShare(base: number): boolean {
  const disclosure = disclosureOf(base);
  return disclosure === 'small-base' || disclosure === 'comparable';
}

/** Only the base is told. */
export function withheld(base: number, disclosure: Disclosure): Figure {
  return { base, disclosure, counts: null, measures: null, interval: null, verdict: null };
}

function readings(scale: Scale, tally: Tally): Pick<Figure, 'measures' | 'interval'> {
  const base = baseOf(scale, tally);
  return {
    measures: {
      shareSatisfied: known(shareSatisfied(scale, tally)),
      netSatisfaction: known(netSatisfaction(scale, tally)),
      meanOutOfTen: known(meanOutOfTen(scale, tally)),
      happyIndex: known(happyIndex(scale, tally)),
      netPromoterScore: netPromoterScore(scale, tally),
    },
    interval: wilsonInterval(satisfiedCount(scale, tally), base),
  };
}

function known(value: number | null): number {
  if (value === null) throw new RangeError('A measure of no answers was asked for.');
  return value;
}
