import { fisherExactTwoSided } from '../../domain/signal.ts';
import type { Figure, HalfDays } from '../../protocol/scores.ts';
import { words } from '../words/words.ts';

export type HalfDayCell = HalfDays['cells'][number];
/** Where a share stands against the target. A cell always holds its figure too. */
export type Band = 'reached' | 'near' | 'below' | 'untold';

const NEAR = 0.05;
/** Chance alone makes a gap between any two of the cells at most this often. */
const FALSE_GAP = 0.05;

/** The weekdays on which anybody answered, Monday first. */
export function weekdaysOf({ cells }: HalfDays): readonly HalfDayCell['weekday'][] {
  const all = [...new Set(cells.map(({ weekday }) => weekday))];
  return all.filter((weekday) => cells.some((cell) => cell.weekday === weekday && cell.figure.base > 0));
}

export function cellOf({ cells }: HalfDays, weekday: number, halfDay: 'am' | 'pm'): HalfDayCell | null {
  return cells.find((cell) => cell.weekday === weekday && cell.halfDay === halfDay) ?? null;
}

export function bandOf({ measures }: Figure, target: number): Band {
  if (measures === null) return 'untold';
  const { shareSatisfied } = measures;
  if (shareSatisfied >= target) return 'reached';
  return shareSatisfied > target - NEAR ? 'near' : 'below';
}

export function placeText({ weekday, halfDay }: Pick<HalfDayCell, 'weekday' | 'halfDay'>): string {
  const text = words.halfDays;
  return text.place(weekday, text.halves[halfDay]);
}

/**
 * What the map shows in a sentence: the lowest half-day, the highest, and whether chance would put them as far apart. They were picked out of all
 * pairs for being furthest apart, so the level is shared among these (Bonferroni).
 */
export function halfDaysFinding({ cells, figure }: HalfDays): string {
  const text = words.halfDays;
  if (figure.base === 0) return text.none;
  const told = cells
    .flatMap((cell) =>
      cell.figure.disclosure === 'comparable' && cell.figure.measures !== null
        ? [{ cell, share: cell.figure.measures.shareSatisfied, base: cell.figure.base }]
        : [],
    )
    .toSorted((a, b) => a.share - b.share);
  const [lowest, highest] = [told.at(0), told.at(-1)];
  if (lowest === undefined || highest === undefined || lowest === highest) return text.cannotCompare;
  const [low, high] = [lowest, highest].map(({ share, base }) => Math.round(share * base));
  const chance = fisherExactTwoSided(
    high ?? 0,
    highest.base - (high ?? 0),
    low ?? 0,
    lowest.base - (low ?? 0),
  );
  const pairs = (told.length * (told.length - 1)) / 2;
  return text.spread(
    placeText(lowest.cell),
    lowest.share,
    placeText(highest.cell),
    highest.share,
    chance <= FALSE_GAP / pairs,
  );
}

/** What a cell says: its share, or why there is none. */
export function shareOrWhy({ disclosure, measures }: Figure, format: (share: number) => string): string {
  if (measures !== null) return format(measures.shareSatisfied);
  const text = words.halfDays;
  if (disclosure === 'none') return text.noAnswer;
  return disclosure === 'counts-only' ? text.countsOnly : text.masked;
}
