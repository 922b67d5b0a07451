import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import type { StoreId } from '../../domain/ids.ts';
import { type Clock, instantOf } from '../clock.ts';
import { PlainFault } from '../plain-fault.ts';
import { isAsClosed, noteClosed } from './clean-close.ts';
import { type DatabaseHold, holdDatabase } from './database-lock.ts';
import { refuseNetworkFileSystem } from './file-system.ts';
import { migrateSqlite } from './migrate-sqlite.ts';
import { setPragmas } from './pragmas.ts';
import { withStatementCache } from './statement-cache.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** The database file's name in the data directory. */
export const DATABASE_FILE = 'parvis.sqlite';

/** Where a restored database is made ready before it takes its place. */
export function restoringFile(path: string): string {
  return `${path}.restoring`;
}

/**
 * Opens the database, makes or upgrades its tables, and proves its settings before anything is promised on them.
 *
 * @throws PlainFault in words for whoever runs the machine: read-only directory, newer database, damaged file.
 */
export function openSqliteStore(path: string, clock: Clock): Store {
  const { database, hold, isAsLeft } = openDatabase(path);
  try {
    setPragmas(database);
    if (!isAsLeft) checkSound(database, path);
    migrateSqlite(database, instantOf(clock.now()));
    return storeOf(database, path, hold);
  } catch (error) {
    database.close();
    hold.release();
    throw plainly(error, path);
  }
}

interface OpenedDatabase {
  readonly database: Database.Database;
  readonly hold: DatabaseHold;
  /** Nobody has touched it since a server closed it. */
  readonly isAsLeft: boolean;
}

function openDatabase(path: string): OpenedDatabase {
  try {
    mkdirSync(dirname(path), { recursive: true });
    refuseNetworkFileSystem(dirname(path));
    refuseHalfRestored(path);
    const hold = holdDatabase(path);
    try {
      const isAsLeft = isAsClosed(path);
      return { database: new Database(path, { timeout: 5_000 }), hold, isAsLeft };
    } catch (error) {
      hold.release();
      throw error;
    }
  } catch (error) {
    throw plainly(error, path);
  }
}

function storeOf(database: Database.Database, path: string, hold: DatabaseHold): Store {
  const { storeId, codeSalt } = identityOf(database);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: withStatementCache(database) }) });
  const jobs = new Set<string>();
  return {
    db,
    storeId,
    file: path,
    codeSalt,
    // Writers wait for each other in any case: one process has the one connection.
    gather: async (work) => db.transaction().execute(work),
    snapshot: async (work) => snapshot(db, work),
    runAlone: async (job, work) => {
      if (jobs.has(job)) return false;
      jobs.add(job);
      try {
        await work();
      } finally {
        jobs.delete(job);
      }
      return true;
    },
    checkHealth: async () => {
      // A write that changes nothing: reading would still work on a full or read-only disk.
      await sql`update instance set instance_id = 1`.execute(db);
    },
    close: async () => {
      // Kysely's destroy closes only what it has used, so the file is closed here.
      await db.destroy();
      if (database.open) database.close();
      noteClosed(path);
      hold.release();
    },
  };
}

async function snapshot<Outcome>(
  db: Kysely<Tables>,
  work: (db: Kysely<Tables>) => Promise<Outcome>,
): Promise<Outcome> {
  return db.connection().execute(async (connection) => {
    // Unlike the others, which begin by taking the right to write.
    await sql`begin deferred`.execute(connection);
    try {
      return await work(connection);
    } finally {
      await sql`rollback`.execute(connection);
    }
  });
}

function identityOf(database: Database.Database): { storeId: StoreId; codeSalt: Uint8Array } {
  database
    .prepare(
      'insert into instance (instance_id, store_id, code_salt) values (1, ?, ?) on conflict do nothing',
    )
    .run(randomUUID(), randomBytes(16));
  const row = database
    .prepare<[], { store_id: string; code_salt: Buffer }>('select store_id, code_salt from instance')
    .get();
  if (row === undefined) throw new Error('The database has no identity.');
  return { storeId: row.store_id as StoreId, codeSalt: row.code_salt };
}

/** Between the old database and the restored one there is none: a new, empty one there would look like a loss of everything. */
function refuseHalfRestored(path: string): void {
  if (!existsSync(path) && existsSync(restoringFile(path)))
    throw new PlainFault(`A restore into ${dirname(path)} was broken off. Run npm run restore again.`);
}

/** A damaged file must not take new answers: what it acknowledges may be gone tomorrow. */
function checkSound(database: Database.Database, path: string): void {
  const verdict = database.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok')
    throw new PlainFault(`${path} is damaged (${String(verdict)}). Restore the last backup.`);
}

function plainly(error: unknown, path: string): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM)|^(EACCES|EROFS|EPERM)$/.test(code))
    return new PlainFault(
      `Parvis cannot write to the data directory ${dirname(path)} (${code}). Give the account that runs it the right to write there, or set DATA_DIR.`,
    );
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return new PlainFault(`The data directory ${dirname(path)} is not a directory (${code}). Set DATA_DIR.`);
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return new PlainFault(`${path} is not a sound SQLite database (${code}). Restore the last backup.`);
  if (code === 'SQLITE_BUSY')
    return new PlainFault(`${path} is held by another program (${code}). Is another Parvis running on it?`);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return new PlainFault(`The disk of the data directory ${dirname(path)} is full (${code}).`);
  return error;
}
