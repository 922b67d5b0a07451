import {
  firstDay,
  lastDay,
  type Period,
  periodBefore,
  periodContaining,
  type PeriodKind,
} from '../../domain/periods.ts';
import { addDays, type LocalDate } from '../../domain/weeks.ts';

/** As many periods as a list can hold without becoming a search of its own; the arrows go further. */
const MOST_CHOICES = 120;

/** The period of the same kind that begins the day after this one ends. */
export function periodAfter(period: Period): Period {
  return periodContaining(period.kind, addDays(lastDay(period), 1));
}

/**
 * The period of another kind that somebody looking at this one means: the one that holds its last day, or today where this one is
 * still going on.
 */
export function periodAs(kind: PeriodKind, period: Period, today: LocalDate): Period {
  if (kind === period.kind) return period;
  const last = lastDay(period);
  return periodContaining(kind, today < last && today >= firstDay(period) ? today : last);
}

/**
 * The periods of a kind one may choose from, newest first: from today's back to the first answer's, and the shown one, wherever it
 * lies.
 */
export function periodChoices(
  shown: Period,
  today: LocalDate,
  firstAnswerOn: LocalDate | null,
): readonly Period[] {
  const oldest = firstAnswerOn === null || firstAnswerOn > today ? today : firstAnswerOn;
  const choices: Period[] = [];
  let candidate = periodContaining(shown.kind, today);
  while (choices.length < MOST_CHOICES && lastDay(candidate) >= oldest) {
    choices.push(candidate);
    candidate = periodBefore(candidate);
  }
  const isListed = choices.some((choice) => firstDay(choice) === firstDay(shown));
  if (isListed) return choices;
  return [...choices, shown].sort((a, b) => firstDay(b).localeCompare(firstDay(a)));
}

/** Nothing can have been answered in a period that has not begun. */
export function isToCome(period: Period, today: LocalDate): boolean {
  return firstDay(period) > today;
}

export interface Preset {
  readonly name:
    | 'thisWeek'
    | 'lastWeek'
    | 'thisMonth'
    | 'lastMonth'
    | 'thisQuarter'
    | 'thisYear'
    | 'lastYear';
  readonly period: Period;
}

export function presetsOf(today: LocalDate): readonly Preset[] {
  const now = (kind: PeriodKind) => periodContaining(kind, today);
  return [
    { name: 'thisWeek', period: now('week') },
    { name: 'lastWeek', period: periodBefore(now('week')) },
    { name: 'thisMonth', period: now('month') },
    { name: 'lastMonth', period: periodBefore(now('month')) },
    { name: 'thisQuarter', period: now('quarter') },
    { name: 'thisYear', period: now('year') },
    { name: 'lastYear', period: periodBefore(now('year')) },
  ];
}
