import pg from 'pg';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainFault } from '../plain-fault.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { readMigrations } from './migrations.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { assertSettings } from './postgres-settings.ts';
import { createTestDatabase, onServer, type TestDatabase } from './test-postgres.ts';
import { ManualClock } from './test-store.ts';

const clock = new ManualClock('2026-11-23T09:00:00.000Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.drop());

function addressWith(changes: Partial<Pick<URL, 'port' | 'username' | 'password' | 'pathname'>>): string {
  return Object.assign(new URL(database.url), changes).href;
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

describe('the settings the promises rest on', () => {
  it.each([
    ['synchronous_commit', 'on'],
    ['fsync', 'on'],
    ['full_page_writes', 'on'],
    ['server_encoding', 'UTF8'],
    ['client_encoding', 'UTF8'],
    ['timezone', 'UTC'],
    ['default_transaction_isolation', 'read committed'],
    ['statement_timeout', '30s'],
    ['lock_timeout', '15s'],
    ['idle_in_transaction_session_timeout', '1min'],
  ])('holds %s at %s', async (name, read) => {
    const store = await openPostgresStore(database.url, clock);
    const { rows } = await sql<Record<string, string>>`${sql.raw(`show ${name}`)}`.execute(store.db);
    await store.close();
    expect(Object.values(rows[0] ?? {})[0]).toBe(read);
  });

  it('are asked for on each connection, whatever the server and the account say', async () => {
    const weak = await createTestDatabase();
    const name = new URL(weak.url).pathname.slice(1);
    await onServer(async (client) => {
      await client.query(`alter database ${name} set synchronous_commit = off`);
      await client.query(`alter database ${name} set default_transaction_isolation = 'serializable'`);
    });
    const store = await openPostgresStore(weak.url, clock);
    const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(store.db);
    await store.close();
    await weak.drop();
    expect(rows).toEqual([{ synchronous_commit: 'on' }]);
  });

  it.each([
    ['synchronous_commit', 'local'],
    ['statement_timeout', '0'],
    ['timezone', 'Europe/Paris'],
    ['default_transaction_isolation', "'repeatable read'"],
  ])('refuses to go on where %s is %s', async (name, value) => {
    const held = name === 'timezone' ? 'TimeZone' : name;
    const url = new URL(database.url);
    await withClient(url.href, async (client) => {
      await client.query("set synchronous_commit = on; set timezone = 'UTC'; set statement_timeout = '30s'");
      await client.query("set lock_timeout = '15s'; set idle_in_transaction_session_timeout = '60s'");
      await assertSettings(client);
      await client.query(`set ${name} = ${value.startsWith("'") ? value : `'${value}'`}`);
      await expect(assertSettings(client)).rejects.toThrow(new RegExp(`PostgreSQL holds ${held} = `));
    });
  });

  it('refuses a database that is not in UTF-8', async () => {
    await onServer(async (client) => {
      await client.query("create database latin encoding 'LATIN1' locale 'C' template template0");
    });
    await expect(openPostgresStore(addressWith({ pathname: '/latin' }), clock)).rejects.toThrow(
      /server_encoding = LATIN1/,
    );
    await onServer(async (client) => void (await client.query('drop database latin')));
  });
});

describe('opening a store', () => {
  it('keeps its identity and its salt from one start to the next', async () => {
    const first = await openPostgresStore(database.url, clock);
    await first.close();
    const second = await openPostgresStore(database.url, clock);
    expect(second.storeId).toBe(first.storeId);
    expect(Buffer.from(second.codeSalt)).toEqual(Buffer.from(first.codeSalt));
    await second.checkHealth();
    await second.close();
    await second.close();
  });

  it('gives several processes that start at once one identity and each step once', async () => {
    const fresh = await createTestDatabase();
    const stores = await Promise.all(
      Array.from({ length: 4 }, async () => openPostgresStore(fresh.url, clock)),
    );
    expect(new Set(stores.map(({ storeId }) => storeId)).size).toBe(1);
    await Promise.all(stores.map(async (store) => store.close()));
    await withClient(fresh.url, async (client) => {
      const { rows } = await client.query(
        'select number::int as number, name from migrations order by number',
      );
      expect(rows).toEqual(readMigrations('postgres').map(({ number, name }) => ({ number, name })));
    });
    await fresh.drop();
  });

  it('undoes a migration that fails half-way', async () => {
    const fresh = await createTestDatabase();
    await withClient(fresh.url, async (client) => {
      const half = {
        number: 1,
        name: 'fail-half-way',
        sql: 'create table whole (a int); create table whole (a int);',
      };
      await expect(migratePostgres(client, '2026-11-23T09:00:00.000Z', [half])).rejects.toThrow(
        /already exists/,
      );
      const { rows } = await client.query(
        "select to_regclass('whole') as whole, count(*)::int as steps from migrations",
      );
      expect(rows).toEqual([{ whole: null, steps: 0 }]);
    });
    await fresh.drop();
  });

  it('refuses a database of a newer version and leaves it as it is', async () => {
    const newer = await createTestDatabase('libourne');
    await withClient(newer.url, async (client) => {
      await client.query("insert into migrations values (999, 'of-tomorrow', '2030-01-01T00:00:00.000Z')");
    });
    await expect(openPostgresStore(newer.url, clock)).rejects.toThrow(PlainFault);
    await expect(openPostgresStore(newer.url, clock)).rejects.toThrow(/newer version of Parvis/);
    await newer.drop();
  });

  it.each([
    ['nobody listens', { port: '1' }, /cannot reach PostgreSQL at 127\.0\.0\.1:1\/.* \(ECONNREFUSED\)/],
    ['the password is wrong', { password: 'guessed' }, /refuses this account \(28P01\)/],
    ['there is no such database', { pathname: '/nowhere' }, /has no such database \(3D000\)/],
  ] as const)('says plainly that %s, without the password', async (_what, changes, words) => {
    const fault: unknown = await openPostgresStore(addressWith(changes), clock).catch(
      (error: unknown) => error,
    );
    expect(fault).toBeInstanceOf(PlainFault);
    expect((fault as Error).message).toMatch(words);
    expect((fault as Error).message).not.toMatch(/guessed|parvis:parvis/);
  });

  it('says plainly that the account may not make tables', async () => {
    await onServer(async (client) => void (await client.query("create role guest login password 'guest'")));
    const url = addressWith({ username: 'guest', password: 'guest' });
    const empty = await createTestDatabase();
    const guest = Object.assign(new URL(empty.url), { username: 'guest', password: 'guest' }).href;
    await expect(openPostgresStore(guest, clock)).rejects.toThrow(/may not make tables in the database/);
    await empty.drop();
    await onServer(async (client) => void (await client.query('drop role guest')));
    await expect(openPostgresStore(url, clock)).rejects.toThrow(/refuses this account/);
  });
});

describe('a transaction', () => {
  it('is alone among writers: another waits, of this process or of another, and reading goes on', async () => {
    const [one, other] = await Promise.all([
      openPostgresStore(database.url, clock),
      openPostgresStore(database.url, clock),
    ]);
    const order: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const first = one.db.transaction().execute(async () => {
      begun();
      await held;
      order.push('first');
    });
    await hasBegun;
    const second = other.db.transaction().execute(async () => void order.push('second'));
    const gathering = other.gather(async () => void order.push('gathered'));
    await other.snapshot(async (db) => db.selectFrom('instance').select('store_id').execute());
    order.push('read');
    release();
    await Promise.all([first, second, gathering]);
    expect(order.slice(0, 2)).toEqual(['read', 'first']);
    expect(order.slice(2).toSorted()).toEqual(['gathered', 'second']);
    await Promise.all([one.close(), other.close()]);
  });

  it('that gathers goes on beside others that do', async () => {
    const [one, other] = await Promise.all([
      openPostgresStore(database.url, clock),
      openPostgresStore(database.url, clock),
    ]);
    await one.gather(async () => {
      await other.gather(async (trx) => trx.selectFrom('instance').select('store_id').execute());
    });
    await Promise.all([one.close(), other.close()]);
  });

  it('that only looks may not write', async () => {
    const store = await openPostgresStore(database.url, clock);
    await expect(
      store.snapshot(async (db) => db.updateTable('instance').set({ backup_file: 'x' }).execute()),
    ).rejects.toMatchObject({ code: '25006' });
    await store.close();
  });
});

describe('timed work', () => {
  it('is done by one process at a time, and by the next when that one is gone', async () => {
    const [one, other] = await Promise.all([
      openPostgresStore(database.url, clock),
      openPostgresStore(database.url, clock),
    ]);
    const done: string[] = [];
    const ran = await one.runAlone('job', async () => {
      expect(await other.runAlone('job', async () => void done.push('twice'))).toBe(false);
      expect(await other.runAlone('another', async () => void done.push('another'))).toBe(true);
    });
    expect([ran, done]).toEqual([true, ['another']]);
    await expect(one.runAlone('job', async () => Promise.reject(new Error('it failed')))).rejects.toThrow(
      'it failed',
    );
    expect(await other.runAlone('job', async () => void done.push('job'))).toBe(true);
    expect(done).toEqual(['another', 'job']);
    await Promise.all([one.close(), other.close()]);
  });
});

describe('a connection that breaks', () => {
  it('fails what it carried as something to try again, and the next has another', async () => {
    const store = await openPostgresStore(database.url, clock);
    await store.checkHealth();
    const name = new URL(database.url).pathname.slice(1);
    const broken = store.db.transaction().execute(async (trx) => {
      await onServer(
        async (client) =>
          void (await client.query(
            'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
            [name],
          )),
      );
      await trx.selectFrom('instance').select('store_id').execute();
    });
    await expect(broken).rejects.toMatchObject({ code: expect.stringMatching(/^(57P01|08006|ECONNRESET)$/) });
    await expect
      .poll(async () =>
        store.checkHealth().then(
          () => 'well',
          () => 'broken',
        ),
      )
      .toBe('well');
    await store.close();
  });
});
