import type Database from 'better-sqlite3';
import type { Tables } from '../../sync-server/store/tables.ts';

/**
 * Compiles an insertion into a table at its first row, whose columns all the others must have.
 *
 * @returns inserts one row; columns left out take their default
 */
export function createInsert<Name extends keyof Tables>(
  database: Database.Database,
  table: Name,
): (row: Partial<Tables[Name]>) => void {
  let statement: Database.Statement<[object]> | undefined;
  return (row) => {
    statement ??= database.prepare<[object]>(
      `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row)
        .map((column) => `@${column}`)
        .join(', ')})`,
    );
    statement.run(row);
  };
}
