import type Database from 'better-sqlite3';
import { type Migration, pendingMigrations, readMigrations } from './migrations.ts';

/**
 * Brings the tables up to date, each step in a transaction of its own.
 *
 * @throws PlainFault when the database was written by a newer version
 */
export function migrateSqlite(
  database: Database.Database,
  nowIso: string,
  migrations: readonly Migration[] = readMigrations('sqlite'),
): void {
  database.exec(`create table if not exists migrations (
    number integer not null,
    name text not null,
    applied_at text not null,
    constraint migrations__primary primary key (number)
  ) strict`);
  const applied = database
    .prepare<[], { number: number; name: string }>('select number, name from migrations order by number')
    .all();
  const record = database.prepare('insert into migrations (number, name, applied_at) values (?, ?, ?)');
  for (const { number, name, sql } of pendingMigrations(applied, migrations))
    database
      .transaction(() => {
        database.exec(sql);
        record.run(number, name, nowIso);
      })
      .immediate();
}
