import type { LocalDate } from '../../domain/weeks.ts';
import type { Calendar, CalendarEntry } from '../../protocol/calendar.ts';
import type { Store } from '../store/store.ts';
import { publicHolidaysBetween } from './public-holidays.ts';
import schoolYears from './school-holidays.json' with { type: 'json' };

/** Of which years the school holidays are known, and from where. */
export const SCHOOL_HOLIDAYS: Calendar['schoolHolidays'] = {
  zone: schoolYears.zone,
  source: schoolYears.source,
  knownFrom: schoolYears.knownFrom,
  knownUntil: schoolYears.knownUntil,
};

/** Public holidays, school holidays, and what an organisation's team has marked, between two days. */
export async function readCalendar(
  { db }: Pick<Store, 'db'>,
  organisationId: string,
  range: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<Calendar> {
  const marks = await db
    .selectFrom('calendar_marks')
    .select(['first_day', 'last_day', 'kind', 'label'])
    .where('organisation_id', '=', organisationId)
    .where('first_day', '<=', range.to)
    .where('last_day', '>=', range.from)
    .execute();
  const entries: CalendarEntry[] = [
    ...[...(await publicHolidaysBetween(range.from, range.to))].map(([day, label]) => ({
      firstDay: day,
      lastDay: day,
      kind: 'public-holiday' as const,
      label,
    })),
    ...schoolYears.spans
      .filter(({ firstDay, lastDay }) => firstDay <= range.to && lastDay >= range.from)
      .map((span) => ({ ...span, kind: 'school-holidays' as const })),
    ...marks.map(({ first_day, last_day, kind, label }) => ({
      firstDay: first_day,
      lastDay: last_day,
      kind,
      label,
    })),
  ];
  return {
    entries: entries.toSorted((a, b) => (a.firstDay < b.firstDay ? -1 : 1)),
    schoolHolidays: SCHOOL_HOLIDAYS,
  };
}
