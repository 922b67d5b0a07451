import { randomBytes, randomUUID } from 'node:crypto';
import {
  HandleEmptyInListsPlugin,
  Kysely,
  PostgresDialect,
  replaceWithNoncontingentExpression,
  sql,
} from 'kysely';
import type pg from 'pg';
import type { StoreId } from '../../domain/ids.ts';
import { type Clock, instantOf } from '../clock.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { plainPostgresFault } from './postgres-faults.ts';
import { END_JOB, TRY_JOB } from './postgres-locks.ts';
import { asKyselyPool, createPool } from './postgres-pool.ts';
import { assertSettings } from './postgres-settings.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { refuseUnfinishedMove } from './unfinished-move.ts';

/**
 * Connects to the database, proves its settings before anything is promised on them, and makes or upgrades its tables.
 *
 * @throws PlainFault in words for whoever runs the machine: unreachable, refused, missing, newer database, settings that lose answers.
 */
export async function openPostgresStore(
  url: string,
  clock: Clock,
  { isBeingFilled = false }: { readonly isBeingFilled?: boolean } = {},
): Promise<Store> {
  const pool = createPool(url);
  try {
    const client = await pool.connect();
    try {
      await assertSettings(client);
      if (!isBeingFilled) await refuseUnfinishedMove(client);
      await migratePostgres(client, instantOf(clock.now()));
      return storeOf(pool, await identityOf(client));
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw plainPostgresFault(error, url);
  }
}

interface Identity {
  readonly storeId: StoreId;
  readonly codeSalt: Uint8Array;
}

async function identityOf(client: pg.ClientBase): Promise<Identity> {
  await client.query(
    'insert into instance (instance_id, store_id, code_salt) values (1, $1, $2) on conflict do nothing',
    [randomUUID(), randomBytes(16)],
  );
  const { rows } = await client.query<{ store_id: string; code_salt: Buffer }>(
    'select store_id, code_salt from instance',
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The database has no identity.');
  return { storeId: row.store_id as StoreId, codeSalt: row.code_salt };
}

function storeOf(pool: pg.Pool, { storeId, codeSalt }: Identity): Store {
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: asKyselyPool(pool) }),
    // `in ()` is an error to PostgreSQL; SQLite takes it as nothing.
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  });
  return {
    db,
    storeId,
    file: null,
    codeSalt,
    gather: async (work) => db.transaction().setIsolationLevel('read committed').execute(work),
    snapshot: async (work) =>
      db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
    runAlone: async (job, work) => runAlone(pool, job, work),
    checkHealth: async () => {
      // A write that changes nothing: reading would still work on a full disk or a standby.
      await sql`update instance set instance_id = 1`.execute(db);
    },
    close: async () => db.destroy().then(async () => (pool.ended ? undefined : pool.end())),
  };
}

/** The lock lives with its connection: a process that dies in the middle leaves the job to the next. */
async function runAlone(pool: pg.Pool, job: string, work: () => Promise<void>): Promise<boolean> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ is_ours: boolean }>(TRY_JOB, [job]);
    if (rows[0]?.is_ours !== true) return false;
    try {
      await work();
    } finally {
      await client.query(END_JOB, [job]);
    }
    return true;
  } finally {
    client.release();
  }
}
