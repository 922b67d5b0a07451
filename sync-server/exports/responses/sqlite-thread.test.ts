import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqliteThread } from './sqlite-thread.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parvis-thread-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const databaseOf = (...names: readonly string[]): Database.Database => {
  const database = new Database(join(folder, 'some.sqlite'));
  database.pragma('journal_mode = wal');
  database.exec('create table things (name text not null)');
  const insert = database.prepare('insert into things values (?)');
  for (const name of names) insert.run(name);
  return database;
};

describe('a thread that reads a SQLite file', () => {
  it('sees it as of its first question, whatever is written after', async () => {
    const database = databaseOf('un', 'deux');
    const thread = new SqliteThread(join(folder, 'some.sqlite'));
    expect(await thread.column('select count(*) from things where name <> ?', ['x'])).toEqual([2]);
    database.exec("insert into things values ('trois')");
    expect(await thread.column('select name from things order by rowid', [])).toEqual(['un', 'deux']);
    await thread.close();
    database.close();
  });

  it('tells what went wrong, and answers the next question', async () => {
    databaseOf('un').close();
    const thread = new SqliteThread(join(folder, 'some.sqlite'));
    await expect(thread.column('select name from nowhere', [])).rejects.toThrow('no such table: nowhere');
    expect(await thread.column('select name from things', [])).toEqual(['un']);
    await thread.close();
  });

  it('says that a file is no database', async () => {
    writeFileSync(join(folder, 'none.sqlite'), 'nothing that a database begins with'.repeat(100));
    const thread = new SqliteThread(join(folder, 'none.sqlite'));
    await expect(thread.column('select 1 from sqlite_master', [])).rejects.toThrow('not a database');
    await thread.close();
  });
});
