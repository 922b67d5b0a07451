import { CompiledQuery, type Transaction } from 'kysely';
import { columnLists } from './column-lists.ts';
import { engineOf } from './engine.ts';
import type { Tables } from './tables.ts';

/**
 * Changes rows each in its own way: SQLite runs one prepared statement for each, PostgreSQL is given all of them at once.
 *
 * @param keys what names a row; `changed` is what it is given
 */
export async function updateRows<
  Table extends keyof Tables,
  Key extends keyof Tables[Table] & string,
  Changed extends keyof Tables[Table] & string,
>(
  trx: Transaction<Tables>,
  table: Table,
  keys: readonly Key[],
  changed: readonly Changed[],
  rows: readonly Pick<Tables[Table], Key | Changed>[],
): Promise<void> {
  if (rows.length === 0) return;
  if (engineOf(trx) === 'postgres') {
    const columns = [...keys, ...changed];
    const { text, parameters } = columnLists<Key | Changed>(columns, rows);
    const sets = changed.map((column) => `${column} = wanted.${column}`).join(', ');
    const found = keys.map((key) => `${table}.${key} = wanted.${key}`).join(' and ');
    const update = `update ${table} set ${sets} from ${text} as wanted (${columns.join(', ')}) where ${found}`;
    await trx.executeQuery(CompiledQuery.raw(update, [...parameters]));
    return;
  }
  const sets = changed.map((column) => `${column} = ?`).join(', ');
  const found = keys.map((key) => `${key} = ?`).join(' and ');
  for (const row of rows) {
    const parameters = [...changed, ...keys].map((column) => row[column]);
    await trx.executeQuery(CompiledQuery.raw(`update ${table} set ${sets} where ${found}`, parameters));
  }
}
