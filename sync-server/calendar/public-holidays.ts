import type { LocalDate } from '../../domain/weeks.ts';

/** Days of a year on which nobody is received, and what they are called in French. */
export type PublicHolidays = ReadonlyMap<LocalDate, string>;

const years = new Map<number, Promise<PublicHolidays>>();

/**
 * The public holidays of mainland France in a year (Code du travail, article L3133-1), from `date-holidays`. The package knows the whole world and
 * weighs accordingly: it is loaded when somebody first asks.
 */
export async function publicHolidays(year: number): Promise<PublicHolidays> {
  const known = years.get(year) ?? workOut(year);
  years.set(year, known);
  return known;
}

/** Of every year between two days. */
export async function publicHolidaysBetween(from: LocalDate, to: LocalDate): Promise<PublicHolidays> {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  const all = await Promise.all(
    Array.from({ length: last - first + 1 }, (_, index) => publicHolidays(first + index)),
  );
  return new Map(all.flatMap((year) => [...year]).filter(([day]) => from <= day && day <= to));
}

async function workOut(year: number): Promise<PublicHolidays> {
  const { default: Holidays } = await import('date-holidays');
  const calendar = new Holidays('FR', { languages: ['fr'], types: ['public'] });
  return new Map(calendar.getHolidays(year).map(({ date, name }) => [date.slice(0, 10), name]));
}
