import { firstDay, lastDay, type Period, type PeriodKind } from '../../domain/periods.ts';
import { weekYearAndNumber } from '../../domain/weeks.ts';
import { formatDateRange, formatMonth } from './format.ts';

/** What a period is called, alone: « Semaine 47 », « Novembre 2026 », « 4e trimestre 2026 », « Année 2026 ». */
export function periodTitle(period: Period): string {
  switch (period.kind) {
    case 'week':
      return `Semaine ${weekYearAndNumber(period.week).number}`;
    case 'month':
      return capitalised(formatMonth(period.month));
    case 'quarter':
      return quarterName(period.quarter);
    case 'year':
      return `Année ${period.year}`;
  }
}

/** The same with its days: « Semaine 47 (16–22 novembre 2026) ». */
export function periodWithDays(period: Period): string {
  return `${periodTitle(period)} (${periodDays(period)})`;
}

/** « 16–22 novembre 2026 » */
export function periodDays(period: Period): string {
  return formatDateRange(firstDay(period), lastDay(period));
}

/** How a sentence speaks of it: « semaine 47 », « novembre 2026 », « 4e trimestre 2026 », « 2026 ». */
export function periodInSentence(period: Period): string {
  return period.kind === 'year' ? period.year : lowered(periodTitle(period));
}

/** How it is said to be now: « cette semaine », « ce mois-ci ». */
export const THIS_PERIOD: Readonly<Record<PeriodKind, string>> = {
  week: 'cette semaine',
  month: 'ce mois-ci',
  quarter: 'ce trimestre',
  year: 'cette année',
};

export const PERIOD_KIND: Readonly<Record<PeriodKind, string>> = {
  week: 'Semaine',
  month: 'Mois',
  quarter: 'Trimestre',
  year: 'Année',
};

function quarterName(quarter: string): string {
  const number = quarter.slice(6);
  return `${number}${number === '1' ? 'er' : 'e'} trimestre ${quarter.slice(0, 4)}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
