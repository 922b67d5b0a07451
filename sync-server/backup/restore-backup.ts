import { randomUUID } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { type Clock, instantOf } from '../clock.ts';
import type { Config } from '../config.ts';
import { recount, type Recount } from '../ingest/recount.ts';
import { PlainFault } from '../plain-fault.ts';
import { mergeJournals, replayErasures } from '../retention/erasure-journal.ts';
import { checkFinishedCopy, forgetRecord, UnsoundCopy } from '../store/copy-sqlite.ts';
import { claimDatabase } from '../store/database-lock.ts';
import { flush, renameDurably } from '../store/durable-files.ts';
import { openStore } from '../store/open-store.ts';
import { DATABASE_FILE, openSqliteStore, restoringFile } from '../store/open-sqlite-store.ts';
import { noteFinishedBackup } from './note-backup.ts';

export interface RestoreRequest {
  /** A finished backup. */
  readonly file: string;
  readonly config: Pick<Config, 'dataDir' | 'backup'>;
  /** Whether a database that is there may be put aside. */
  readonly mayReplace: boolean;
  readonly clock: Clock;
}

export interface Restored {
  readonly takenAt: string;
  readonly storeId: string;
  readonly recount: Recount;
  /** How many erasures that the backup did not know of were carried out again. */
  readonly erased: number;
  /** The folder that holds what was there before. */
  readonly keptIn: string | null;
}

/**
 * Puts a backup in the place of the database, under a new identity: tablets that meet it offer again what they have kept. What was erased since is
 * erased again before anybody can read it. All of it is done on a copy beside the database, which takes its place as the last step. Broken off
 * before that, it has changed nothing; between putting the old database aside and that, no server starts until it is run again.
 *
 * @throws PlainFault when the file is no finished backup, the database is in use, or there is one and it may not be replaced
 */
export async function restoreBackup({ file, config, mayReplace, clock }: RestoreRequest): Promise<Restored> {
  const { dataDir } = config;
  const content = checked(file);
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, DATABASE_FILE);
  const claim = claimDatabase(path);
  try {
    if (existsSync(path) && !mayReplace)
      throw new PlainFault(
        `There is a database in ${dataDir} already. Add --replace to put the backup in its place; what is there now is kept aside.`,
      );
    const fresh = restoringFile(path);
    removeDatabase(fresh);
    copyFileSync(file, fresh);
    chmodSync(fresh, 0o600);
    beginNewLife(fresh);
    for (const dir of new Set([dirname(resolve(file)), config.backup.dir])) mergeJournals(dir, dataDir);
    const store = openSqliteStore(fresh, clock);
    try {
      const { storeId } = store;
      await noteFinishedBackup(store, { ...content, storeId, file });
      const erased = await replayErasures(store, clock, dataDir);
      const counted = await recount(store, false);
      await store.close();
      flush(fresh);
      const keptIn = putAside(path, dataDir, instantOf(clock.now()));
      renameDurably(fresh, path);
      return { takenAt: content.takenAt, storeId, recount: counted, erased, keptIn };
    } finally {
      await store.close();
      removeDatabase(fresh);
    }
  } finally {
    claim.release();
  }
}

function checked(file: string): ReturnType<typeof checkFinishedCopy> {
  try {
    return checkFinishedCopy(file);
  } catch (error) {
    if (error instanceof UnsoundCopy)
      throw new PlainFault(`${file} cannot be restored: ${error.message}. Nothing was changed.`);
    throw error;
  }
}

/**
 * Begins another life of a database that was put back by other means than a backup of Parvis: under a new identity, with what was erased since
 * erased again. No server may run on it meanwhile.
 */
export async function beginAnew(
  config: Pick<Config, 'dataDir' | 'databaseUrl' | 'backup'>,
  clock: Clock,
): Promise<Pick<Restored, 'storeId' | 'recount' | 'erased'>> {
  mkdirSync(config.dataDir, { recursive: true });
  if (existsSync(config.backup.dir)) mergeJournals(config.backup.dir, config.dataDir);
  const store = await openStore(config, clock);
  try {
    const storeId = randomUUID();
    await store.db.updateTable('instance').set({ store_id: storeId }).execute();
    const erased = await replayErasures(store, clock, config.dataDir);
    return { storeId, erased, recount: await recount(store, false) };
  } finally {
    await store.close();
  }
}

/** Whoever spoke to the database before the backup must be able to tell this one from it. */
function beginNewLife(path: string): void {
  const database = new Database(path);
  try {
    forgetRecord(database);
    database.prepare('update instance set store_id = ?').run(randomUUID());
  } finally {
    database.close();
  }
}

/** Moves the database and what SQLite keeps beside it into a folder of their own. */
function putAside(path: string, dataDir: string, now: string): string | null {
  const files = [path, `${path}-wal`, `${path}-shm`].filter((one) => existsSync(one));
  if (files.length === 0) return null;
  const folder = join(dataDir, `replaced-${now.replaceAll(':', '-')}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const one of files) renameSync(one, join(folder, basename(one)));
  flush(folder);
  return folder;
}

function removeDatabase(path: string): void {
  for (const name of readdirSync(dirname(path)))
    if (name.startsWith(basename(path))) rmSync(join(dirname(path), name), { force: true });
}
