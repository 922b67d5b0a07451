import { localMoment } from '../../domain/local-time.ts';
import { type OpeningHours, openingSpansOn } from '../../domain/opening-hours.ts';
import type { LocalDate } from '../../domain/weeks.ts';

/** How many minutes of opening a tablet may pass without a sign of life. */
export const SILENT_AFTER_OPEN_MINUTES = 60;

const MINUTE_MS = 60_000;
const STEP_MINUTES = 5;
/** Further back than this a tablet that was open at any time is silent. */
const HORIZON_MS = 14 * 86_400_000;

/**
 * Whether a tablet has given no sign of life for an hour while its reception was open. A closed reception's tablet may sleep: the
 * night, the week-end and a holiday do not count.
 */
export function isSilent(lastSeenMs: number, nowMs: number, hours: OpeningHours, timeZone: string): boolean {
  const from = Math.max(lastSeenMs, nowMs - HORIZON_MS);
  if (nowMs - from < SILENT_AFTER_OPEN_MINUTES * MINUTE_MS) return false;
  let openMinutes = 0;
  // A week-end is some hundreds of steps: the hours of each of its days are looked up once.
  const days = new Map<LocalDate, ReturnType<typeof openingSpansOn>>();
  // Back from now, so that a tablet silent since the spring costs no more than one silent since this morning.
  for (let at = nowMs; at > from; at -= STEP_MINUTES * MINUTE_MS) {
    const { date, minuteOfDay } = localMoment(at, timeZone);
    const spans = days.get(date) ?? openingSpansOn(hours, date);
    days.set(date, spans);
    if (spans.some(({ fromMinute, toMinute }) => fromMinute <= minuteOfDay && minuteOfDay < toMinute))
      openMinutes += STEP_MINUTES;
    if (openMinutes > SILENT_AFTER_OPEN_MINUTES) return true;
  }
  return false;
}
