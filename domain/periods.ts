import { err, ok, type Result } from './result.ts';
import {
  addDays,
  addWeeks,
  firstDayOf,
  isIsoWeek,
  type IsoWeek,
  lastDayOf,
  type LocalDate,
  weekOf,
  weekYearAndNumber,
} from './weeks.ts';

/** A stretch of days that figures are read for. */
export type Period =
  | { readonly kind: 'week'; readonly week: IsoWeek }
  /** `YYYY-MM` */
  | { readonly kind: 'month'; readonly month: string }
  /** `YYYY-Qn`, n from 1 to 4 */
  | { readonly kind: 'quarter'; readonly quarter: string }
  /** `YYYY` */
  | { readonly kind: 'year'; readonly year: string };

export type PeriodKind = Period['kind'];

/** Reads `2026-W47`, `2026-11`, `2026-Q4` or `2026`, as they stand in an address. */
export function parsePeriod(
  text: string,
): Result<Period, { readonly kind: 'not-a-period'; readonly text: string }> {
  if (text >= '0001') {
    if (isIsoWeek(text)) return ok({ kind: 'week', week: text });
    if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return ok({ kind: 'month', month: text });
    if (/^\d{4}-Q[1-4]$/.test(text)) return ok({ kind: 'quarter', quarter: text });
    if (/^\d{4}$/.test(text)) return ok({ kind: 'year', year: text });
  }
  return err({ kind: 'not-a-period', text });
}

/** The text that {@link parsePeriod} reads back. */
export function periodToText(period: Period): string {
  switch (period.kind) {
    case 'week':
      return period.week;
    case 'month':
      return period.month;
    case 'quarter':
      return period.quarter;
    case 'year':
      return period.year;
  }
}

export function periodContaining(kind: PeriodKind, date: LocalDate): Period {
  switch (kind) {
    case 'week':
      return { kind, week: weekOf(date) };
    case 'month':
      return { kind, month: date.slice(0, 7) };
    case 'quarter':
      return { kind, quarter: quarterText(yearOf(date), Math.ceil(Number(date.slice(5, 7)) / 3)) };
    case 'year':
      return { kind, year: date.slice(0, 4) };
  }
}

export function firstDay(period: Period): LocalDate {
  switch (period.kind) {
    case 'week':
      return firstDayOf(period.week);
    case 'month':
      return `${period.month}-01`;
    case 'quarter':
      return `${monthText(yearOf(period.quarter), quarterNumber(period.quarter) * 3 - 2)}-01`;
    case 'year':
      return `${period.year}-01-01`;
  }
}

export function lastDay(period: Period): LocalDate {
  switch (period.kind) {
    case 'week':
      return lastDayOf(period.week);
    case 'month':
      return lastDayOfMonth(period.month);
    case 'quarter':
      return lastDayOfMonth(monthText(yearOf(period.quarter), quarterNumber(period.quarter) * 3));
    case 'year':
      return `${period.year}-12-31`;
  }
}

/** The period of the same kind that ends the day before this one begins. */
export function periodBefore(period: Period): Period {
  if (period.kind === 'week') return { kind: 'week', week: addWeeks(period.week, -1) };
  return periodContaining(period.kind, addDays(firstDay(period), -1));
}

/**
 * The period of the same name one year before. For a week, the same number in the ISO year before; week 53 is compared with
 * week 52, since no two years running have one.
 */
export function samePeriodLastYear(period: Period): Period {
  switch (period.kind) {
    case 'week': {
      const { year, number } = weekYearAndNumber(period.week);
      return {
        kind: 'week',
        week: `${yearText(year - 1)}-W${String(Math.min(number, 52)).padStart(2, '0')}`,
      };
    }
    case 'month':
      return { kind: 'month', month: monthText(yearOf(period.month) - 1, Number(period.month.slice(5))) };
    case 'quarter':
      return {
        kind: 'quarter',
        quarter: quarterText(yearOf(period.quarter) - 1, quarterNumber(period.quarter)),
      };
    case 'year':
      return { kind: 'year', year: yearText(Number(period.year) - 1) };
  }
}

function lastDayOfMonth(month: string): LocalDate {
  // Four days after the 28th is always in the month after.
  const inNextMonth = addDays(`${month}-28`, 4);
  return addDays(`${inNextMonth.slice(0, 7)}-01`, -1);
}

function yearOf(text: string): number {
  return Number(text.slice(0, 4));
}

function quarterNumber(quarter: string): number {
  return Number(quarter.slice(6));
}

function yearText(year: number): string {
  return String(year).padStart(4, '0');
}

function monthText(year: number, month: number): string {
  return `${yearText(year)}-${String(month).padStart(2, '0')}`;
}

function quarterText(year: number, quarter: number): string {
  return `${yearText(year)}-Q${quarter}`;
}
