import { isLocalDate, type LocalDate, type Weekday, weekdayOf } from './weeks.ts';

/** `am` until noon, `pm` from noon on: the finest moment of an answer that is kept. */
export type HalfDay = 'am' | 'pm';

/** What the clock on the site's wall shows. */
export interface LocalMoment {
  readonly date: LocalDate;
  readonly halfDay: HalfDay;
  /** Minutes the clock shows since midnight, 0 to 1,439. */
  readonly minuteOfDay: number;
  readonly weekday: Weekday;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * The site's date and half-day at an instant.
 *
 * @param instantMs milliseconds since 1970, UTC, within the years 0001 to 9999
 * @param timeZone an IANA name, e.g. `Europe/Paris`
 * @throws RangeError when the zone is unknown or the instant outside those years
 */
export function localMoment(instantMs: number, timeZone: string): LocalMoment {
  const zone = zoneOf(timeZone);
  const wallMs = instantMs + offsetAt(instantMs, zone);
  const startOfDay = Math.floor(wallMs / DAY_MS) * DAY_MS;
  const { date, weekday } = dayOf(startOfDay, zone);
  const minuteOfDay = Math.floor((wallMs - startOfDay) / MINUTE_MS);
  return { date, halfDay: minuteOfDay < 720 ? 'am' : 'pm', minuteOfDay, weekday };
}

/**
 * The first instant of a local date; where the clocks skip midnight (or the whole day), the first instant after the gap.
 *
 * @throws RangeError when the date does not exist or the zone is unknown
 */
export function localMidnightMs(date: LocalDate, timeZone: string): number {
  if (!isLocalDate(date)) throw new RangeError(`${date} is not a date.`);
  const zone = zoneOf(timeZone);
  const utcMidnight = Date.parse(`${date}T00:00:00Z`);
  // Offsets lie between −12 h and +14 h (a little more before 1900), so local midnight lies between these two instants.
  const start = utcMidnight - 16 * HOUR_MS;
  const end = utcMidnight + 16 * HOUR_MS;
  const before = offsetAt(start, zone);
  const after = offsetAt(end, zone);
  if (before === after) return utcMidnight - before;
  const change = changeBetween(start, end, zone);
  return utcMidnight - before < change ? utcMidnight - before : Math.max(change, utcMidnight - after);
}

/**
 * A zone and the offsets already asked for. Asking `Intl` costs some ten microseconds, so each UTC hour is asked once. Nearly
 * always both its ends have the same offset; in the few hours a year where the clocks change, the change is looked for.
 */
interface Zone {
  readonly formatter: Intl.DateTimeFormat;
  readonly hours: Map<number, HourOffsets>;
  /** By their midnight, as they are asked for: nearly every answer is of one of a few days. */
  readonly days: Map<number, CalendarDay>;
}

interface CalendarDay {
  readonly date: LocalDate;
  readonly weekday: Weekday;
}

interface HourOffsets {
  readonly before: number;
  /** The first instant at which `after` holds. */
  readonly change: number;
  readonly after: number;
}

/** Some two years of hours. A tablet whose clock is astray must not fill the memory. */
const HOURS_KEPT = 20_000;
const DAYS_KEPT = 1_000;

const zones = new Map<string, Zone>();

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const zone: Zone = { formatter, hours: new Map(), days: new Map() };
  zones.set(timeZone, zone);
  return zone;
}

/** @param startOfDay midnight on the wall, in milliseconds, as if the wall's clock were UTC */
function dayOf(startOfDay: number, zone: Zone): CalendarDay {
  const known = zone.days.get(startOfDay);
  if (known !== undefined) return known;
  if (zone.days.size >= DAYS_KEPT) zone.days.clear();
  const day = calendarDayOf(startOfDay);
  zone.days.set(startOfDay, day);
  return day;
}

function calendarDayOf(startOfDay: number): CalendarDay {
  const date = new Date(startOfDay).toISOString().slice(0, 10);
  if (!isLocalDate(date)) throw new RangeError('The instant is outside the years 0001 to 9999.');
  return { date, weekday: weekdayOf(date) };
}

/** Milliseconds the site's clock is ahead of UTC. */
function offsetAt(instantMs: number, zone: Zone): number {
  const hour = Math.floor(instantMs / HOUR_MS);
  const known = zone.hours.get(hour);
  const offsets = known ?? offsetsOfHour(hour, zone);
  if (known === undefined) {
    if (zone.hours.size >= HOURS_KEPT) zone.hours.clear();
    zone.hours.set(hour, offsets);
  }
  return instantMs < offsets.change ? offsets.before : offsets.after;
}

function offsetsOfHour(hour: number, zone: Zone): HourOffsets {
  const start = hour * HOUR_MS;
  const before = askOffset(start, zone);
  const after = askOffset(start + HOUR_MS, zone);
  const change = before === after ? start : changeBetween(start, start + HOUR_MS, zone);
  return { before, change, after };
}

/** The first instant of the offset that holds at the end, by halving; there is one change between the two. */
function changeBetween(startMs: number, endMs: number, zone: Zone): number {
  const after = askOffset(endMs, zone);
  let low = startMs;
  let high = endMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (askOffset(middle, zone) === after) high = middle;
    else low = middle;
  }
  return high;
}

function askOffset(instantMs: number, zone: Zone): number {
  const shown = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of zone.formatter.formatToParts(instantMs))
    if (Object.hasOwn(shown, type)) shown[type as keyof typeof shown] = Number(value);
  const wall = new Date(0);
  // Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999.
  wall.setUTCFullYear(shown.year, shown.month - 1, shown.day);
  wall.setUTCHours(shown.hour, shown.minute, shown.second);
  return wall.getTime() - Math.floor(instantMs / 1000) * 1000;
}
