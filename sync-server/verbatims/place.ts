import { sql, type Transaction } from 'kysely';
import { daysBetween, type LocalDate } from '../../domain/weeks.ts';
import { engineOf } from '../store/engine.ts';
import type { Tables } from '../store/tables.ts';

const FIRST_DAY = '1970-01-01';
/** Half-days from 1970 to 2149 in front of 36 bits of chance: 53 together, as many as a number holds exactly. */
const HALF_DAYS = 2 ** 17;
const PLACES_A_HALF_DAY = 2 ** 36;
/** 36 bits in hexadecimal; the end of a response's id is chance. */
const CHANCE_DIGITS = 9;

interface Moment {
  readonly local_date: LocalDate;
  readonly half_day: 'am' | 'pm';
  readonly response_id: string;
}

/**
 * Where a text stands in time, as one number: later half-days higher, within one in no order that would tell who came first. Lists are
 * paged by it, and SQLite's index of words is kept in its order, so that the newest fifty texts with a word cost the same whatever their number.
 */
export function placeOfText({ local_date, half_day, response_id }: Moment): number {
  const chance = Number.parseInt(response_id.replaceAll('-', '').slice(-CHANCE_DIGITS), 16);
  const place = halfDayStart(local_date, half_day) + (Number.isNaN(chance) ? 0 : chance);
  // 0 stands for a text that has no place yet.
  return Math.max(1, place);
}

/** The places of some days, both ends included. */
export function placesOfDays(
  from: LocalDate,
  to: LocalDate,
): { readonly first: number; readonly last: number } {
  return { first: halfDayStart(from, 'am'), last: halfDayStart(to, 'pm') + PLACES_A_HALF_DAY - 1 };
}

/**
 * Places that no other text has. In a million texts two hardly ever meet, and then one moves on by one; only SQLite needs it, whose
 * index of words knows a text by its place, and whose writers wait in line.
 */
export async function freePlaces(
  trx: Transaction<Tables>,
  wanted: readonly number[],
): Promise<readonly number[]> {
  if (engineOf(trx) === 'postgres' || wanted.length === 0) return wanted;
  const { rows } = await sql<{ place: number }>`
    select place from verbatims where place in (select value from json_each(${JSON.stringify(wanted)}))`.execute(
    trx,
  );
  const taken = new Set(rows.map(({ place }) => place));
  if (taken.size === 0 && new Set(wanted).size === wanted.length) return wanted;
  const moved: number[] = [];
  for (const place of wanted) {
    let free = place;
    while (taken.has(free)) free += 1;
    taken.add(free);
    moved.push(free);
  }
  // What has moved may have moved onto another.
  return freePlaces(trx, moved);
}

function halfDayStart(date: LocalDate, halfDay: 'am' | 'pm'): number {
  const number = daysBetween(FIRST_DAY, date) * 2 + (halfDay === 'pm' ? 1 : 0);
  return Math.min(HALF_DAYS - 1, Math.max(0, number)) * PLACES_A_HALF_DAY;
}
