/** A calendar day of the site, `YYYY-MM-DD`, years 0001 to 9999. Sorts as text. */
export type LocalDate = string;
/** An ISO 8601 week, `YYYY-Www`: Monday to Sunday, named for the year that holds its Thursday. Sorts as text. */
export type IsoWeek = string;
/** ISO 8601: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const DAY_MS = 86_400_000;
const DATE_PATTERN = /^\d{4}-\d{2}-\d{2}$/;
const WEEK_PATTERN = /^(\d{4})-W(\d{2})$/;

/** Whether a text is a day that exists: `2026-02-29` is not. */
export function isLocalDate(text: string): boolean {
  if (!DATE_PATTERN.test(text) || text < '0001') return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  // Some engines roll 30 February over into March instead of refusing it.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** Whether a text is a week that exists: `2025-W53` is not, `2026-W53` is. */
export function isIsoWeek(text: string): boolean {
  const parts = WEEK_PATTERN.exec(text);
  if (parts === null || text < '0001') return false;
  const number = Number(parts[2]);
  return number >= 1 && number <= weekCountOf(Number(parts[1]));
}

export function weekOf(date: LocalDate): IsoWeek {
  const day = dayNumberOf(date);
  const thursday = day - weekdayOfDayNumber(day) + 4;
  const year = dateOfDayNumber(thursday).slice(0, 4);
  const number = Math.floor((thursday - dayNumberOf(`${year}-01-01`)) / 7) + 1;
  return weekText(Number(year), number);
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

/** How many weeks are named for a year: 53 when it begins or ends on a Thursday, 52 otherwise. */
function weekCountOf(year: number): number {
  const begins = weekdayOf(yearDay(year, '01-01'));
  const ends = weekdayOf(yearDay(year, '12-31'));
  return begins === 4 || ends === 4 ? 53 : 52;
}

/** The Monday of week 1, as a day number: 4 January is always in that week. */
function firstMondayOf(year: number): number {
  const day = dayNumberOf(yearDay(year, '01-04'));
  return day - weekdayOfDayNumber(day) + 1;
}

function yearDay(year: number, monthAndDay: string): LocalDate {
  return `${String(year).padStart(4, '0')}-${monthAndDay}`;
}

function weekText(year: number, number: number): IsoWeek {
  return `${String(year).padStart(4, '0')}-W${String(number).padStart(2, '0')}`;
}

/** Days since 1 January 1970. */
function dayNumberOf(date: LocalDate): number {
  if (!isLocalDate(date)) throw new RangeError(`${date} is not a date.`);
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
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
