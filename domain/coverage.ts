import { type OpeningHours, openingSpansOn } from './opening-hours.ts';
import type { LocalDate } from './weeks.ts';

/** A sign of life is known to the quarter of an hour: half a day holds 48 of them, one bit each. */
export const QUARTER_MINUTES = 15;
const QUARTERS_PER_HALF = 48;

/** In which quarters of an hour of a day a reception point gave a sign of life; bit 0 of each half is its first quarter. */
export interface AliveDay {
  readonly morning: number;
  readonly afternoon: number;
}

/** A stretch of opening without a sign of life, on the site's clock, both `HH:MM`. */
export interface CoverageGap {
  readonly date: LocalDate;
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
  /** Not one sign of life on a day that was open. */
  readonly isWholeDay: boolean;
}

/** How much of the opening somebody could have answered in. */
export interface Coverage {
  readonly openMinutes: number;
  readonly aliveMinutes: number;
  /** In the order of time. */
  readonly gaps: readonly CoverageGap[];
}

/** Below this a gap is counted and not named: a restart is none. */
const NAMED_FROM_MINUTES = 30;

/** The day with one quarter alive: that of a minute after midnight. */
export function aliveAt(minuteOfDay: number): AliveDay {
  const quarter = Math.floor(minuteOfDay / QUARTER_MINUTES);
  return quarter < QUARTERS_PER_HALF
    ? { morning: 2 ** quarter, afternoon: 0 }
    : { morning: 0, afternoon: 2 ** (quarter - QUARTERS_PER_HALF) };
}

/** A day alive in all the quarters from one minute to another, the last not included. */
export function aliveBetween(fromMinute: number, toMinute: number): AliveDay {
  const day = { morning: 0, afternoon: 0 };
  for (let minute = fromMinute; minute < toMinute; minute += QUARTER_MINUTES) {
    const { morning, afternoon } = aliveAt(minute);
    day.morning += morning;
    day.afternoon += afternoon;
  }
  return day;
}

/**
 * What part of a point's opening its tablet was alive for, day by day.
 *
 * @param days those to look at, in order; a day that is not in `alive` gave no sign of life
 * @param until on its last day only minutes before this one have passed
 */
export function coverageOf(
  hours: OpeningHours,
  days: readonly LocalDate[],
  alive: ReadonlyMap<LocalDate, AliveDay>,
  until: { readonly date: LocalDate; readonly minuteOfDay: number },
): Coverage {
  let [openMinutes, aliveMinutes] = [0, 0];
  const gaps: CoverageGap[] = [];
  for (const date of days) {
    const day = alive.get(date);
    const slices = slicesOf(
      hours,
      date,
      date === until.date ? until.minuteOfDay : date < until.date ? 1_440 : 0,
    );
    const isWholeDay = slices.length > 0 && !slices.some((slice) => isAlive(day, slice.quarter));
    for (const { from, to, quarter } of slices) {
      openMinutes += to - from;
      if (isAlive(day, quarter)) {
        aliveMinutes += to - from;
        continue;
      }
      const last = gaps.at(-1);
      if (last?.date === date && last.to === timeText(from))
        gaps[gaps.length - 1] = { ...last, to: timeText(to), minutes: last.minutes + to - from };
      else gaps.push({ date, from: timeText(from), to: timeText(to), minutes: to - from, isWholeDay });
    }
  }
  return { openMinutes, aliveMinutes, gaps: gaps.filter(({ minutes }) => minutes >= NAMED_FROM_MINUTES) };
}

interface Slice {
  /** Minutes since midnight. */
  readonly from: number;
  readonly to: number;
  readonly quarter: number;
}

/** The opening of a day up to a minute, cut at the quarters. A quarter that has not ended yet says nothing so far. */
function slicesOf(hours: OpeningHours, date: LocalDate, untilMinute: number): readonly Slice[] {
  const end = Math.floor(untilMinute / QUARTER_MINUTES) * QUARTER_MINUTES;
  return openingSpansOn(hours, date).flatMap((span) => {
    const slices: Slice[] = [];
    for (let from = span.fromMinute; from < Math.min(span.toMinute, end); ) {
      const quarter = Math.floor(from / QUARTER_MINUTES);
      const to = Math.min(span.toMinute, end, (quarter + 1) * QUARTER_MINUTES);
      slices.push({ from, to, quarter });
      from = to;
    }
    return slices;
  });
}

function isAlive(day: AliveDay | undefined, quarter: number): boolean {
  if (day === undefined) return false;
  const [half, bit] =
    quarter < QUARTERS_PER_HALF ? [day.morning, quarter] : [day.afternoon, quarter - QUARTERS_PER_HALF];
  // 48 bits do not fit the bit operations of the language; they fit a number.
  return Math.floor(half / 2 ** bit) % 2 === 1;
}

function timeText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
