/** A calendar day of the site, `YYYY-MM-DD`, years 0001 to 9999. Sorts as text. */
export type LocalDate = string;
/** An ISO 8601 week, `YYYY-Www`: Monday to Sunday, named for the year that holds its Thursday. Sorts as text. */
export type IsoWeek = string;
/** ISO 8601: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const DAY_MS = 86_400_000;
const DAYS_IN_400_YEARS = 146_097;
const DATE_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const WEEK_PATTERN = /^(\d{4})-W(\d{2})$/;

/** Whether a text is a day that exists: `2026-02-29` is not. */
export function isLocalDate(text: string): boolean {
  const [, year, month, day] = (DATE_PATTERN.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Whether a text is a week that exists: `2025-W53` is not, `2026-W53` is. */
export function isIsoWeek(text: string): boolean {
  const parts = WEEK_PATTERN.exec(text);
  if (parts === null || text < '0001') return false;
  const number = Number(parts[2]);
  return number >= 1 && (number <= 52 || (number === 53 && hasWeek53(Number(parts[1]))));
}

export function weekOf(date: LocalDate): IsoWeek {
  const day = dayNumberOf(date);
  const thursday = day - weekdayOfDayNumber(day) + 4;
  const year = new Date(thursday * DAY_MS).getUTCFullYear();
  const number = Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1;
  return `${String(year).padStart(4, '0')}-W${String(number).padStart(2, '0')}`;
}

/** The year a week is named for, which is not always the year of its days, and its number, 1 to 53. */
export function weekYearAndNumber(week: IsoWeek): { readonly year: number; readonly number: number } {
  if (!isIsoWeek(week)) throw new RangeError(`${week} is not an ISO week.`);
  return { year: Number(week.slice(0, 4)), number: Number(week.slice(6)) };
}

/** The week's Monday. */
export function firstDayOf(week: IsoWeek): LocalDate {
  const { year, number } = weekYearAndNumber(week);
  return dateOfDayNumber(firstMondayOf(year) + 7 * (number - 1));
}

/** The week's Sunday. */
export function lastDayOf(week: IsoWeek): LocalDate {
  return addDays(firstDayOf(week), 6);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDayNumber(dayNumberOf(date) + days);
}

export function addWeeks(week: IsoWeek, weeks: number): IsoWeek {
  return weekOf(addDays(firstDayOf(week), 7 * weeks));
}

/** How many days later the second date is; negative when it is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumberOf(to) - dayNumberOf(from);
}

export function weekdayOf(date: LocalDate): Weekday {
  return weekdayOfDayNumber(dayNumberOf(date));
}

/** Every week from the first to the last, both included; none when the last comes before the first. */
export function weeksBetween(first: IsoWeek, last: IsoWeek): readonly IsoWeek[] {
  const from = firstDayOf(first);
  const count = daysBetween(from, firstDayOf(last)) / 7 + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => weekOf(addDays(from, 7 * index)));
}

/** A year has a week 53 when it begins or ends on a Thursday. */
function hasWeek53(year: number): boolean {
  return weekdayOfDayNumber(dayNumber(year, 1, 1)) === 4 || weekdayOfDayNumber(dayNumber(year, 12, 31)) === 4;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The Monday of week 1, as a day number: 4 January is always in that week. */
function firstMondayOf(year: number): number {
  const day = dayNumber(year, 1, 4);
  return day - weekdayOfDayNumber(day) + 1;
}

function dayNumberOf(date: LocalDate): number {
  if (!isLocalDate(date)) throw new RangeError(`${date} is not a date.`);
  return dayNumber(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8)));
}

/** Days since 1 January 1970. */
function dayNumber(year: number, month: number, day: number): number {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; the calendar repeats itself every 400 years, so ask for a later one.
  return Date.UTC(year + 400, month - 1, day) / DAY_MS - DAYS_IN_400_YEARS;
}

function dateOfDayNumber(day: number): LocalDate {
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  if (!DATE_PATTERN.test(date) || date < '0001')
    throw new RangeError(`Day ${day} is outside the years 0001 to 9999.`);
  return date;
}

function weekdayOfDayNumber(day: number): Weekday {
  // 1 January 1970 was a Thursday; the double remainder keeps days before it positive.
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}
