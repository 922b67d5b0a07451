import type Database from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

const STATEMENTS_KEPT = 400;
const NOTHING_TO_DO: ReturnType<SqliteDatabase['prepare']> = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};

/**
 * The database as Kysely's driver takes it, with compiled statements kept. Transactions begin `immediate`: one that reads
 * first and writes later would otherwise fail at once when another process (`npm run enrol`) has written in between.
 */
export function withStatementCache(database: Database.Database): SqliteDatabase {
  const kept = new Map<string, Database.Statement<unknown[]>>();
  return {
    close: () => {
      kept.clear();
      database.close();
    },
    prepare: (text) => {
      // SQLite has already rolled back where the disk was full; a second rollback's failure would hide the first.
      if (text === 'rollback' && !database.inTransaction) return NOTHING_TO_DO;
      const sql = text === 'begin' ? 'begin immediate' : text;
      const known = kept.get(sql);
      if (known !== undefined && !known.busy) {
        kept.delete(sql);
        kept.set(sql, known);
        return known;
      }
      const statement = database.prepare<unknown[]>(sql);
      if (known === undefined) {
        kept.set(sql, statement);
        const [oldest] = kept.keys();
        if (kept.size > STATEMENTS_KEPT && oldest !== undefined) kept.delete(oldest);
      }
      return statement;
    },
  };
}
