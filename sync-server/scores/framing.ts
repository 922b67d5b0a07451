import * as v from 'valibot';
import {
  firstDay,
  lastDay,
  parsePeriod,
  type Period,
  periodBefore,
  periodContaining,
  periodToText,
  samePeriodLastYear,
} from '../../domain/periods.ts';
import {
  addDays,
  addWeeks,
  daysBetween,
  firstDayOf,
  type IsoWeek,
  type LocalDate,
  weekOf,
} from '../../domain/weeks.ts';
import type { Overview } from '../../protocol/scores.ts';
import type { DayRange, Grain } from './tally-sums.ts';

const FIRST_YEAR = '2000';
const LAST_YEAR = '2199';
/** How far back a trend goes from the week it ends with. */
export const TREND_WEEKS = 52;

/** A period as it stands in an address. */
export const periodTextSchema = v.pipe(
  v.string(),
  v.check(
    (text) => parsePeriod(text).ok && text.slice(0, 4) >= FIRST_YEAR && text.slice(0, 4) <= LAST_YEAR,
    'must be a period such as 2026-W47, 2026-11, 2026-Q4 or 2026',
  ),
);

/** Which figures are asked for; without a period, those of the current week. */
export const framingQuerySchema = v.object({
  period: v.exactOptional(periodTextSchema),
  compare: v.exactOptional(v.picklist(['before', 'last-year'], 'must be before or last-year')),
});
export type FramingQuery = v.InferOutput<typeof framingQuerySchema>;

/** The part of a reply that says which days its figures are of. */
export type FramingReply = Omit<Overview, 'services' | 'total'>;

/** The days a page's figures are of. */
export interface Framing {
  readonly reply: FramingReply;
  readonly period: Days;
  readonly compared: Days;
  /** The week that the rolling figures and the trend end with: the period's last, or today's while it is open. */
  readonly endWeek: IsoWeek;
  readonly rolling4: DayRange;
  readonly rolling13: DayRange;
  /** The 13 whole weeks before the period. */
  readonly before13: DayRange;
  /** The weeks of a trend. */
  readonly trend: DayRange;
}

/** Days, and the grain they are best counted from. */
export interface Days extends DayRange {
  readonly grain: Grain;
}

export function framingOf(
  query: FramingQuery,
  place: { readonly today: LocalDate; readonly isDemonstration: boolean },
): Framing {
  const { today, isDemonstration } = place;
  const compare = query.compare ?? 'before';
  const period = periodOfText(query.period ?? periodToText(periodContaining('week', today)));
  const compared = compare === 'before' ? periodBefore(period) : samePeriodLastYear(period);
  const isOpen = today <= lastDay(period);
  const endWeek = weekOf(isOpen ? today : lastDay(period));
  const weekBefore = addWeeks(weekOf(firstDay(period)), -1);
  return {
    reply: {
      period: periodToText(period),
      firstDay: firstDay(period),
      lastDay: lastDay(period),
      isOpen,
      compare,
      comparedPeriod: periodToText(compared),
      today,
      isDemonstration,
    },
    period: daysOf(period),
    compared: daysOf(compared),
    endWeek,
    rolling4: weeksUpTo(endWeek, 4),
    rolling13: weeksUpTo(endWeek, 13),
    before13: weeksUpTo(weekBefore, 13),
    trend: weeksUpTo(endWeek, TREND_WEEKS),
  };
}

/** @throws RangeError when the text was not checked with {@link periodTextSchema} */
export function periodOfText(text: string): Period {
  const parsed = parsePeriod(text);
  if (!parsed.ok) throw new RangeError(`${text} is not a period.`);
  return parsed.value;
}

/** So many whole weeks, the last one included. */
export function weeksUpTo(last: IsoWeek, count: number): DayRange {
  const end = firstDayOf(last);
  return { from: addDays(end, -7 * (count - 1)), to: addDays(end, 6) };
}

/** The Mondays of whole weeks, oldest first. */
export function mondaysIn({ from, to }: DayRange): readonly LocalDate[] {
  return Array.from({ length: (daysBetween(from, to) + 1) / 7 }, (_, index) => addDays(from, 7 * index));
}

/** A period's days; a week is counted from its weekly tallies. */
export function daysOf(period: Period): Days {
  return {
    grain: period.kind === 'week' ? 'week' : 'day',
    from: firstDay(period),
    to: lastDay(period),
  };
}
