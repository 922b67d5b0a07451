import { firstDay, lastDay, type Period } from '../../domain/periods.ts';
import { addDays } from '../../domain/weeks.ts';
import type { Calendar, CalendarEntry } from '../../protocol/calendar.ts';
import { periodTitle } from '../words/period-words.ts';
import { words } from '../words/words.ts';

/** What the calendar holds for a week, by its Monday. */
export function entriesOfWeek(calendar: Calendar, monday: string): readonly CalendarEntry[] {
  return entriesWithin(calendar, monday, addDays(monday, 6));
}

/** Each kind of day once, as a cell of a table says it. */
export function entriesText(entries: readonly CalendarEntry[]): string {
  return [...new Set(entries.map(({ label }) => label))].join(', ');
}

/**
 * Whether two periods that are compared were the same kind of days: what each holds, where they differ, and since when nothing is known. Like is
 * to be compared with like.
 */
export function contrastTexts(calendar: Calendar, period: Period, compared: Period): readonly string[] {
  const text = words.attendance.calendar;
  const told = [period, compared].map((one) =>
    entriesText(entriesWithin(calendar, firstDay(one), lastDay(one))),
  );
  const [own = '', other = ''] = told;
  const { knownUntil } = calendar.schoolHolidays;
  // Where the team has marked school holidays of a later year itself, they are known.
  const isKnownLater = calendar.entries.some(
    ({ kind, lastDay: last }) => kind === 'school-holidays' && last > knownUntil,
  );
  const isUnknown = !isKnownLater && [period, compared].some((one) => lastDay(one) > knownUntil);
  return [
    ...(own === other
      ? []
      : [
          text.differs,
          text.of(periodTitle(period), own === '' ? text.nothing : own),
          text.of(periodTitle(compared), other === '' ? text.nothing : other),
        ]),
    ...(isUnknown ? [text.unknown(knownUntil)] : []),
  ];
}

function entriesWithin(calendar: Calendar, from: string, to: string): readonly CalendarEntry[] {
  return calendar.entries.filter((entry) => entry.firstDay <= to && entry.lastDay >= from);
}
