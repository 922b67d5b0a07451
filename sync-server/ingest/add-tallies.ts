import type { Kysely } from 'kysely';
import { insertRows } from '../store/insert-rows.ts';
import type { Tables } from '../store/tables.ts';
import type { TallyBook } from './tallies.ts';

const TALLY_COLUMNS = [
  'organisation_id',
  'grain',
  'service_id',
  'item_id',
  'scale_id',
  'starts_on',
  'channel',
  'integrity',
  'code',
  'count',
] as const;
const LATE_TALLY_COLUMNS = [
  'organisation_id',
  'service_id',
  'item_id',
  'scale_id',
  'week_starts_on',
  'received_on',
  'integrity',
  'code',
  'count',
] as const;

const HALF_DAY_TALLY_COLUMNS = [
  'organisation_id',
  'service_id',
  'item_id',
  'scale_id',
  'local_date',
  'half_day',
  'code',
  'count',
] as const;

/** Adds a book's counts to the tables, one row for each thing counted however many responses it is of. */
export async function addTallies(trx: Kysely<Tables>, book: TallyBook): Promise<void> {
  await insertRows(
    trx,
    'tallies',
    TALLY_COLUMNS,
    inOneOrder(TALLY_COLUMNS, book.tallies()),
    `on conflict (organisation_id, grain, service_id, item_id, starts_on, scale_id, channel, integrity, code)
     do update set count = tallies.count + excluded.count`,
  );
  await insertRows(
    trx,
    'late_tallies',
    LATE_TALLY_COLUMNS,
    inOneOrder(LATE_TALLY_COLUMNS, book.lateTallies()),
    `on conflict (organisation_id, service_id, item_id, week_starts_on, received_on, scale_id, integrity, code)
     do update set count = late_tallies.count + excluded.count`,
  );
  await insertRows(
    trx,
    'half_day_tallies',
    HALF_DAY_TALLY_COLUMNS,
    inOneOrder(HALF_DAY_TALLY_COLUMNS, book.halfDayTallies()),
    `on conflict (organisation_id, service_id, item_id, local_date, half_day, scale_id, code)
     do update set count = half_day_tallies.count + excluded.count`,
  );
}

/** Several groups may count the same things at once: each takes the rows in the same order, so that none waits for another in a ring. */
function inOneOrder<Column extends string, Row extends Readonly<Record<Column, string | number>>>(
  columns: readonly Column[],
  rows: readonly Row[],
): readonly Row[] {
  return rows
    .map((row) => ({ row, key: columns.map((column) => row[column]).join('\u0000') }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
}
