import type { Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';
import { addTallies } from './add-tallies.ts';
import { TallyBook } from './tallies.ts';

/**
 * Brings the tallies from what was counted to what is to be counted, in the caller's transaction. A count that comes to nothing leaves no row,
 * as if it had never been.
 */
export async function changeTallies(
  trx: Transaction<Tables>,
  { was, is }: { readonly was: TallyBook; readonly is: TallyBook },
): Promise<void> {
  for (const { count, ...key } of was.tallies()) await takeBack(trx, 'tallies', key, count);
  for (const { count, ...key } of was.lateTallies()) await takeBack(trx, 'late_tallies', key, count);
  for (const { count, ...key } of was.halfDayTallies()) await takeBack(trx, 'half_day_tallies', key, count);
  await addTallies(trx, is);
}

async function takeBack(
  trx: Transaction<Tables>,
  table: 'tallies' | 'late_tallies' | 'half_day_tallies',
  key: Readonly<Record<string, string>>,
  count: number,
): Promise<void> {
  // The tables are one shape to this: a key of text columns, and a count.
  const one = table as 'tallies';
  await trx
    .updateTable(one)
    .set((of) => ({ count: of('count', '-', count) }))
    .where((where) => where.and(key))
    .execute();
  await trx
    .deleteFrom(one)
    .where((where) => where.and(key))
    .where('count', '=', 0)
    .execute();
}
