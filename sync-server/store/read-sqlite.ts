import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { PlainFault } from '../plain-fault.ts';
import { pendingMigrations, readMigrations } from './migrations.ts';

/** Tables that are of the database itself, and not of what it holds. */
const OF_THE_DATABASE = ['migrations', 'instance'];

/** A SQLite database, a running server's too, as it is at one instant; nothing of it is changed. */
export interface SqliteReading {
  readonly codeSalt: Uint8Array;
  /** What it holds, each table after those it refers to. */
  readonly tables: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly rows: number;
  }[];
  read(table: string): IterableIterator<Readonly<Record<string, unknown>>>;
  close(): void;
}

/**
 * Opens it for reading.
 *
 * @throws PlainFault where there is none, or where its tables are not those of this version
 */
export function readSqlite(path: string): SqliteReading {
  if (!existsSync(path)) throw new PlainFault(`There is no SQLite database at ${path}. Set DATA_DIR.`);
  const database = new Database(path, { readonly: true, timeout: 5_000 });
  try {
    // From the first read on, everything is seen as of that moment; writers go on.
    database.exec('begin');
    assertSteps(database, path);
    const salt = database.prepare<[], { code_salt: Buffer }>('select code_salt from instance').get();
    if (salt === undefined) throw new PlainFault(`${path} is no database of Parvis.`);
    return {
      codeSalt: salt.code_salt,
      tables: parentsFirst(database).map((name) => ({
        name,
        columns: database
          .prepare<[string], string>('select name from pragma_table_info(?)')
          .pluck()
          .all(name),
        rows: Number(database.prepare(`select count(*) from "${name}"`).pluck().get()),
      })),
      read: (table) => database.prepare<[], Record<string, unknown>>(`select * from "${table}"`).iterate(),
      close: () => void database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function assertSteps(database: Database.Database, path: string): void {
  const hasSteps = database.prepare("select 1 from sqlite_schema where name = 'migrations'").get();
  if (hasSteps === undefined) throw new PlainFault(`${path} is no database of Parvis.`);
  const applied = database
    .prepare<[], { number: number; name: string }>('select number, name from migrations order by number')
    .all();
  if (pendingMigrations(applied, readMigrations('sqlite')).length > 0)
    throw new PlainFault(
      `${path} was written by an older version of Parvis. Start this version on it once, then move it.`,
    );
}

function parentsFirst(database: Database.Database): readonly string[] {
  const names = database
    .prepare<[], string>(
      // Plain tables alone: what the index of words is made of is made anew from them.
      "select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite_%' order by name",
    )
    .pluck()
    .all()
    .filter((name) => !OF_THE_DATABASE.includes(name));
  const parents = database
    .prepare<[string], string>('select distinct "table" from pragma_foreign_key_list(?)')
    .pluck();
  const ordered = new Set<string>();
  const place = (name: string): void => {
    if (ordered.has(name)) return;
    for (const parent of parents.all(name)) place(parent);
    ordered.add(name);
  };
  for (const name of names) place(name);
  return [...ordered];
}
