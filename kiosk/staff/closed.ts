import { localMoment } from '../../domain/local-time.ts';
import { isOpenAt, nextOpening } from '../../domain/opening-hours.ts';
import type { LocalDate } from '../../domain/weeks.ts';
import type { Assignment } from '../../protocol/assignment.ts';

/** A reception that is closed, and when it opens again. */
export interface Closed {
  readonly today: LocalDate;
  readonly opening: { readonly date: LocalDate; readonly from: string } | null;
}

/** null while the reception is open, and where nobody has said when it is. */
export function closedAt({ point, timeZone }: Assignment, nowMs: number): Closed | null {
  const { openingHours } = point;
  if (Object.values(openingHours.weekly).every((spans) => spans.length === 0)) return null;
  const { date, minuteOfDay } = localMoment(nowMs, timeZone);
  if (isOpenAt(openingHours, date, minuteOfDay)) return null;
  return { today: date, opening: nextOpening(openingHours, date, minuteOfDay) };
}
