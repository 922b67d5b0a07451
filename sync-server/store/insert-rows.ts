import { CompiledQuery, type Kysely, type Transaction } from 'kysely';
import { columnLists } from './column-lists.ts';
import { engineOf } from './engine.ts';
import type { Tables } from './tables.ts';

/** Rows of one statement of SQLite. Few sizes, so that few statements are compiled, and each only once. */
const GROUP_SIZES = [50, 10, 1];
const statements = new Map<string, string>();

/**
 * Inserts rows many at a time. Kysely would build the tree and the text of such a statement anew each time, which costs more than
 * running it; here the text of each size is made once. PostgreSQL is given all of them at once.
 *
 * @param suffix what follows the rows, e.g. `on conflict do nothing returning response_id`
 * @returns the rows that `returning` names, in no order
 */
export async function insertRows<Table extends keyof Tables, Returned = never>(
  db: Kysely<Tables> | Transaction<Tables>,
  table: Table,
  columns: readonly (keyof Tables[Table] & string)[],
  rows: readonly Tables[Table][],
  suffix: string,
): Promise<Returned[]> {
  if (rows.length === 0) return [];
  if (engineOf(db) === 'postgres') {
    const { text, parameters } = columnLists(columns, rows);
    const insert = `insert into ${table} (${columns.join(', ')}) select * from ${text} ${suffix}`;
    const { rows: returned } = await db.executeQuery(CompiledQuery.raw(insert, [...parameters]));
    return returned as Returned[];
  }
  const returned: Returned[] = [];
  let done = 0;
  for (const size of GROUP_SIZES)
    for (; rows.length - done >= size; done += size) {
      const parameters: unknown[] = [];
      for (const row of rows.slice(done, done + size))
        for (const column of columns) parameters.push(row[column]);
      const text = statementText(table, columns, size, suffix);
      const { rows: some } = await db.executeQuery(CompiledQuery.raw(text, parameters));
      returned.push(...(some as Returned[]));
    }
  return returned;
}

function statementText(table: string, columns: readonly string[], size: number, suffix: string): string {
  const key = `${table} ${size} ${columns.join()} ${suffix}`;
  const known = statements.get(key);
  if (known !== undefined) return known;
  const row = `(${columns.map(() => '?').join(', ')})`;
  const text = `insert into ${table} (${columns.join(', ')}) values ${Array.from({ length: size }, () => row).join(', ')} ${suffix}`;
  statements.set(key, text);
  return text;
}
