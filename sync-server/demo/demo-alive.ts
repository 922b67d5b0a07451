import { aliveBetween } from '../../domain/coverage.ts';
import { localMoment } from '../../domain/local-time.ts';
import { type OpeningHours, openingSpansOn } from '../../domain/opening-hours.ts';
import { addDays, addWeeks, firstDayOf, type LocalDate, weekOf } from '../../domain/weeks.ts';
import { insertAlive } from '../coverage/note-alive.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

/** A made-up tablet, and until when it was heard of. */
export interface DemoAlive {
  readonly organisationId: string;
  readonly pointId: string;
  readonly serviceId: string;
  readonly openingHours: OpeningHours;
  readonly timeZone: string;
  readonly lastSeenMs: number;
}

const DAYS = 371;
/** Somebody had unplugged this one, last Tuesday from nine to noon. */
const UNPLUGGED = { serviceId: 'affaires-generales', from: 9 * 60, to: 12 * 60 };
/** Of the half-days, those that a tablet spends switched off. */
const OFF_SHARE = 0.015;

/** Makes the signs of life of a year of made-up tablets: on as long as their reception is open, but for what happens to tablets. */
export async function liveThroughYear(
  { db }: Pick<Store, 'db'>,
  tablets: readonly DemoAlive[],
  nowMs: number,
  random: () => number,
): Promise<void> {
  for (const tablet of tablets) {
    const today = localMoment(nowMs, tablet.timeZone).date;
    const end = localMoment(tablet.lastSeenMs, tablet.timeZone);
    const rows: Tables['alive_quarters'][] = [];
    for (let back = DAYS; back >= 0; back -= 1) {
      const date = addDays(today, -back);
      if (date > end.date) continue;
      const untilMinute = date === end.date ? end.minuteOfDay : 1_440;
      rows.push(...dayOf(tablet, date, untilMinute, isUnplugged(tablet, date, today), random));
    }
    await insertAlive(db, rows);
  }
}

function dayOf(
  { organisationId, pointId, openingHours }: DemoAlive,
  date: LocalDate,
  untilMinute: number,
  isUnpluggedToday: boolean,
  random: () => number,
): readonly Tables['alive_quarters'][] {
  return openingSpansOn(openingHours, date).flatMap(({ fromMinute, toMinute }) =>
    halvesOf(fromMinute, toMinute).flatMap(([from, to]) => {
      const isOff = random() < OFF_SHARE;
      if (isOff || from >= untilMinute) return [];
      const parts = isUnpluggedToday
        ? [aliveBetween(from, Math.min(to, UNPLUGGED.from)), aliveBetween(Math.max(from, UNPLUGGED.to), to)]
        : [aliveBetween(from, Math.min(to, untilMinute))];
      return parts.map((quarters) => ({
        organisation_id: organisationId,
        point_id: pointId,
        local_date: date,
        ...quarters,
      }));
    }),
  );
}

/** A span cut at noon. */
function halvesOf(from: number, to: number): readonly (readonly [number, number])[] {
  const noon = 12 * 60;
  if (to <= noon || from >= noon) return [[from, to]];
  return [
    [from, noon],
    [noon, to],
  ];
}

function isUnplugged({ serviceId }: DemoAlive, date: LocalDate, today: LocalDate): boolean {
  return serviceId === UNPLUGGED.serviceId && date === addDays(firstDayOf(addWeeks(weekOf(today), -1)), 1);
}
