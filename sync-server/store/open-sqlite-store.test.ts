import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainFault } from '../plain-fault.ts';
import { refuseNetworkFileSystem } from './file-system.ts';
import { migrateSqlite } from './migrate-sqlite.ts';
import { readMigrations } from './migrations.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { assertPragmas, setPragmas } from './pragmas.ts';
import { ManualClock } from './test-store.ts';

const clock = new ManualClock('2026-11-23T09:00:00.000Z');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parvis-open-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the settings the promises rest on', () => {
  it.each([
    ['journal_mode', 'wal'],
    // 2 is FULL, 1 is NORMAL.
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['busy_timeout', 5_000],
    ['journal_size_limit', 67_108_864],
    ['trusted_schema', 0],
    ['temp_store', 2],
    ['mmap_size', 0],
    ['cache_size', -16_384],
    ['wal_autocheckpoint', 8_192],
  ])('holds %s at %s', async (name, read) => {
    const store = openSqliteStore(join(folder, 'pragmas.sqlite'), clock);
    const { rows } = await sql<Record<string, unknown>>`${sql.raw(`pragma ${name}`)}`.execute(store.db);
    await store.close();
    expect(Object.values(rows[0] ?? {})[0]).toBe(read);
  });

  it.each([
    ['synchronous', 'normal'],
    ['foreign_keys', 'off'],
    ['busy_timeout', '0'],
    ['trusted_schema', 'on'],
    ['cache_size', '-2000'],
    ['temp_store', 'default'],
    ['journal_size_limit', '-1'],
  ])('refuses to go on where %s is %s', (name, value) => {
    const database = new Database(join(folder, 'asserted.sqlite'));
    setPragmas(database);
    database.pragma(`${name} = ${value}`);
    expect(() => assertPragmas(database)).toThrow(new RegExp(`SQLite did not take ${name}`));
    database.close();
  });

  it('refuses a database that cannot have a write-ahead log', () => {
    const database = new Database(':memory:');
    expect(() => setPragmas(database)).toThrow(/journal_mode/);
    database.close();
  });

  it('runs on a SQLite whose write-ahead log is repaired', () => {
    const database = new Database(':memory:');
    const { version } = database.prepare('select sqlite_version() as version').get() as { version: string };
    database.close();
    const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
    // The WAL-reset bug was fixed in 3.51.3.
    expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(3_051_003);
  });
});

describe('opening a store', () => {
  it('keeps its identity and its salt from one start to the next', async () => {
    const path = join(folder, 'same.sqlite');
    const first = openSqliteStore(path, clock);
    await first.close();
    const second = openSqliteStore(path, clock);
    expect(second.storeId).toBe(first.storeId);
    expect(Buffer.from(second.codeSalt)).toEqual(Buffer.from(first.codeSalt));
    await second.checkHealth();
    await second.close();
    await expect(second.checkHealth()).rejects.toThrow(/not open|destroyed/);
  });

  it('records each migration by number and name, once', async () => {
    const path = join(folder, 'migrated.sqlite');
    await openSqliteStore(path, clock).close();
    await openSqliteStore(path, clock).close();
    const database = new Database(path, { readonly: true });
    expect(database.prepare('select number, name from migrations').all()).toEqual(
      readMigrations('sqlite').map(({ number, name }) => ({ number, name })),
    );
    database.close();
  });

  it('undoes a migration that fails half-way', () => {
    const database = new Database(join(folder, 'half.sqlite'));
    const migration = {
      number: 1,
      name: 'fail-half-way',
      sql: 'create table whole (a); create table whole (a);',
    };
    expect(() => migrateSqlite(database, '2026-11-23T09:00:00.000Z', [migration])).toThrow(/already exists/);
    expect(database.prepare("select name from sqlite_schema where name = 'whole'").all()).toEqual([]);
    expect(database.prepare('select * from migrations').all()).toEqual([]);
    database.close();
  });

  it('refuses a database of a newer version and leaves it as it is', async () => {
    const path = join(folder, 'newer.sqlite');
    await openSqliteStore(path, clock).close();
    const database = new Database(path);
    database.exec("insert into migrations values (999, 'of-tomorrow', '2030-01-01T00:00:00.000Z')");
    database.close();
    expect(() => openSqliteStore(path, clock)).toThrow(PlainFault);
    expect(() => openSqliteStore(path, clock)).toThrow(/newer version of Parvis/);
  });

  it('refuses what is not a database, and one that is damaged', async () => {
    const text = join(folder, 'text.sqlite');
    writeFileSync(
      text,
      'This is not a database, but long enough to be taken for one by its length.'.repeat(20),
    );
    expect(() => openSqliteStore(text, clock)).toThrow(/not a sound SQLite database/);

    const path = join(folder, 'damaged.sqlite');
    await openSqliteStore(path, clock).close();
    const database = new Database(path);
    database.unsafeMode(true);
    database.pragma('writable_schema = on');
    // An index that says nothing of the table it is of.
    database.exec("update sqlite_schema set rootpage = 2 where name = 'verbatims__organisation_id__place'");
    database.close();
    expect(() => openSqliteStore(path, clock)).toThrow(PlainFault);
  });

  it('refuses a folder that is a file, and one that nobody may make', () => {
    writeFileSync(join(folder, 'a-file'), '');
    expect(() => openSqliteStore(join(folder, 'a-file', 'parvis.sqlite'), clock)).toThrow(
      /is not a directory/,
    );
    if (process.platform === 'linux')
      expect(() => openSqliteStore('/sys/parvis/parvis.sqlite', clock)).toThrow(
        /cannot write to the data directory/,
      );
  });

  it('refuses network file systems, where locks lie', () => {
    mkdirSync(join(folder, 'disk'), { recursive: true });
    expect(() => refuseNetworkFileSystem(join(folder, 'disk'))).not.toThrow();
    if (process.platform !== 'linux') return;
    expect(() => refuseNetworkFileSystem(folder, () => 0x6969)).toThrow(/NFS/);
    // statfs tells CIFS as a negative number where it is read as 32 bits with a sign.
    expect(() => refuseNetworkFileSystem(folder, () => 0xff534d42 | 0)).toThrow(/CIFS/);
  });

  it('begins transactions so that another process’s write in between cannot spoil them', async () => {
    const path = join(folder, 'two.sqlite');
    const [one, other] = [openSqliteStore(path, clock), openSqliteStore(path, clock)];
    await one.db.transaction().execute(async (trx) => {
      await trx.selectFrom('organisations').selectAll().execute();
      const writer = new Database(path, { timeout: 0 });
      expect(() => writer.exec("insert into tombstones values ('o', 'r', '2026-01-01')")).toThrow(/locked/);
      writer.close();
      await trx
        .insertInto('tombstones')
        .values({ organisation_id: 'o', response_id: 'r', erased_on: '2026-01-01' })
        .execute();
    });
    expect(await other.db.selectFrom('tombstones').selectAll().execute()).toHaveLength(1);
    await Promise.all([one.close(), other.close()]);
  });

  it('gives the first failure its due where SQLite has rolled back by itself', async () => {
    const store = openSqliteStore(join(folder, 'full.sqlite'), clock);
    await sql`pragma max_page_count = 60`.execute(store.db);
    const fill = store.db.transaction().execute(async (trx) => {
      for (let row = 0; row < 5_000; row += 1)
        await sql`insert into tombstones values ('o', ${`${row}-${'x'.repeat(500)}`}, '2026-01-01')`.execute(
          trx,
        );
    });
    await expect(fill).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(await store.db.selectFrom('tombstones').selectAll().execute()).toEqual([]);
    await store.close();
  });
});
