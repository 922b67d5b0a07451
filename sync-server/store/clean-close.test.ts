import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SYSTEM_CLOCK } from '../clock.ts';
import { PlainFault } from '../plain-fault.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parvis-close-'));
  path = join(folder, 'parvis.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openSqliteStore(path, SYSTEM_CLOCK);

/** An index that says nothing of the table it is of: nothing but a look through the whole file finds it. */
function damage(): void {
  const database = new Database(path);
  database.unsafeMode(true);
  database.pragma('writable_schema = on');
  database.exec("update sqlite_schema set rootpage = 2 where name = 'verbatims__organisation_id__place'");
  database.close();
}

/** Damages it so that no date and no size tells. */
function damageUnseen(): void {
  const whole = readFileSync(path);
  const { atimeNs, mtimeNs } = statSync(path, { bigint: true });
  damage();
  const damaged = readFileSync(path);
  expect(damaged.equals(whole)).toBe(false);
  expect(damaged).toHaveLength(whole.length);
  utimesSync(path, Number(atimeNs) / 1e9, Number(mtimeNs) / 1e9);
}

/** Dates are set to the microsecond, so the note is given that too. */
function roundDate(): void {
  const { mtimeMs } = statSync(path);
  utimesSync(path, mtimeMs / 1_000, Math.floor(mtimeMs / 1_000));
  const { ino, size, mtimeNs } = statSync(path, { bigint: true });
  writeFileSync(`${path}.closed`, `${ino} ${size} ${mtimeNs}\n`);
}

describe('a database that was closed', () => {
  it('is not looked through again while it is as it was closed, and is once that is no longer sure', async () => {
    await open().close();
    roundDate();
    damageUnseen();
    // The note is good for one start: whatever ends this one, the next has to look.
    const store = open();
    expect(existsSync(`${path}.closed`)).toBe(false);
    await store.close();
    rmSync(`${path}.closed`);
    expect(open).toThrow(/is damaged|is not a sound/);
  });

  it('is looked through where something has written to it since', async () => {
    await open().close();
    expect(existsSync(`${path}.closed`)).toBe(true);
    damage();
    expect(open).toThrow(PlainFault);
  });

  it('leaves no note where another still has it open, since not all of it is in its file then', async () => {
    const store = open();
    const other = new Database(path);
    other.prepare('select count(*) from instance').get();
    await sql`update instance set code_salt = code_salt`.execute(store.db);
    await store.close();
    expect(existsSync(`${path}-wal`)).toBe(true);
    expect(existsSync(`${path}.closed`)).toBe(false);
    other.close();
  });
});
