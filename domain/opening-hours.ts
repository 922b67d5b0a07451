import { addDays, isLocalDate, type LocalDate, weekdayOf } from './weeks.ts';

/** One stretch of a day, on the site's clock: open at `from`, closed at `to`. Both `HH:MM`; `to` may be `24:00`. */
export interface OpeningSpan {
  readonly from: string;
  readonly to: string;
}

/** When a reception is open. A weekday that is missing, or has no span, is closed all day. */
export interface OpeningHours {
  /** By ISO weekday: `1` is Monday, `7` is Sunday. */
  readonly weekly: {
    readonly [weekday in '1' | '2' | '3' | '4' | '5' | '6' | '7']?: readonly OpeningSpan[];
  };
  /** Days closed whatever the weekday: holidays, works. */
  readonly closedOn?: readonly LocalDate[];
}

const TIME_PATTERN = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

/** @param minuteOfDay minutes the site's clock shows since midnight */
export function isOpenAt(hours: OpeningHours, date: LocalDate, minuteOfDay: number): boolean {
  return spansOn(hours, date).some(
    (span) => minuteOf(span.from) <= minuteOfDay && minuteOfDay < minuteOf(span.to),
  );
}

/** A stretch of a day in minutes since midnight. */
interface MinuteSpan {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** By the hours they are of and the day: nearly every answer is of one of a few days. */
const spansKept = new WeakMap<OpeningHours, Map<LocalDate, readonly MinuteSpan[]>>();
const DAYS_KEPT = 1_000;

/** When the reception is open on a day. Whoever is given hours does not change them. */
export function openingSpansOn(hours: OpeningHours, date: LocalDate): readonly MinuteSpan[] {
  const kept = spansKept.get(hours) ?? new Map<LocalDate, readonly MinuteSpan[]>();
  spansKept.set(hours, kept);
  const known = kept.get(date);
  if (known !== undefined) return known;
  if (kept.size >= DAYS_KEPT) kept.clear();
  const spans = spansOn(hours, date).map(({ from, to }) => ({
    fromMinute: minuteOf(from),
    toMinute: minuteOf(to),
  }));
  kept.set(date, spans);
  return spans;
}

/** How many minutes the reception is open on a day; 0 when it is closed. */
export function openingMinutes(hours: OpeningHours, date: LocalDate): number {
  return spansOn(hours, date).reduce((sum, span) => sum + minuteOf(span.to) - minuteOf(span.from), 0);
}

/** How far ahead the next opening is looked for: a summer's closure, and some. */
const DAYS_AHEAD = 70;

/**
 * When the reception opens next, after a moment at which it is closed.
 *
 * @returns null where it does not open for more than two months, or has no hours at all
 */
export function nextOpening(
  hours: OpeningHours,
  date: LocalDate,
  minuteOfDay: number,
): { readonly date: LocalDate; readonly from: string } | null {
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const day = addDays(date, ahead);
    const span = spansOn(hours, day).find(({ from }) => ahead > 0 || minuteOf(from) > minuteOfDay);
    if (span !== undefined) return { date: day, from: span.from };
  }
  return null;
}

/** Says what is wrong with opening hours, in words for whoever wrote them; empty when nothing is. */
export function openingHoursFaults(hours: OpeningHours): readonly string[] {
  const faults: string[] = [];
  for (const [weekday, spans = []] of Object.entries(hours.weekly)) {
    if (!/^[1-7]$/.test(weekday))
      faults.push(`weekly: ${weekday} is not a weekday from 1 (Monday) to 7 (Sunday).`);
    let closedUntil = 0;
    for (const { from, to } of spans) {
      const place = `weekly.${weekday}: ${from}–${to}`;
      const wrong = [from, to].filter((time) => !TIME_PATTERN.test(time));
      if (wrong.length > 0) {
        faults.push(`${place}: ${wrong.join(' and ')} is not a time written HH:MM.`);
        continue;
      }
      if (minuteOf(from) >= minuteOf(to)) faults.push(`${place} ends before it begins.`);
      else if (minuteOf(from) < closedUntil)
        faults.push(`${place} begins before the span above it has ended.`);
      closedUntil = Math.max(closedUntil, minuteOf(to));
    }
  }
  const seen = new Set<LocalDate>();
  for (const date of hours.closedOn ?? []) {
    if (!isLocalDate(date)) faults.push(`closedOn: ${date} is not a date written YYYY-MM-DD.`);
    if (seen.has(date)) faults.push(`closedOn: ${date} is there twice.`);
    seen.add(date);
  }
  return faults;
}

function spansOn(hours: OpeningHours, date: LocalDate): readonly OpeningSpan[] {
  if (hours.closedOn?.includes(date) === true) return [];
  return hours.weekly[`${weekdayOf(date)}`] ?? [];
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
