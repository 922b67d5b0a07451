import { readdirSync, readFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { PlainFault } from '../plain-fault.ts';

/** One step of the tables' history. Numbers and names are the same in every dialect; a released one is never edited. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

const FOLDER = new URL('sqlite/', import.meta.url);

export function readMigrations(): readonly Migration[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
    .map((file) => {
      const [, number, name] = /^(\d{3})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
      if (number === undefined || name === undefined)
        throw new Error(`${file} is not named NNN-verb-noun.sql.`);
      return { number: Number(number), name, sql: readFileSync(new URL(file, FOLDER), 'utf8') };
    });
}

/**
 * Brings the tables up to date, each step in a transaction of its own.
 *
 * @throws PlainFault when the database has a step this version does not know: it was written by a newer one.
 */
export function migrate(
  database: Database.Database,
  nowIso: string,
  migrations: readonly Migration[] = readMigrations(),
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
  for (const { number, name } of applied) {
    if (migrations.some((known) => known.number === number && known.name === name)) continue;
    throw new PlainFault(
      `The database was written by a newer version of Parvis (its step ${number}, ${name}, is not known here). Nothing was changed. Upgrade Parvis, or restore the backup made before the upgrade.`,
    );
  }
  const record = database.prepare('insert into migrations (number, name, applied_at) values (?, ?, ?)');
  for (const { number, name, sql } of migrations) {
    if (applied.some((step) => step.number === number)) continue;
    database
      .transaction(() => {
        database.exec(sql);
        record.run(number, name, nowIso);
      })
      .immediate();
  }
}
