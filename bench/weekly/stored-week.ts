import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { localMoment } from '../../domain/local-time.ts';
import { firstDayOf, type LocalDate, weekOf } from '../../domain/weeks.ts';
import { SYSTEM_CLOCK } from '../../sync-server/clock.ts';
import { readMigrations } from '../../sync-server/store/migrations.ts';
import type { Engine } from '../../sync-server/store/engine.ts';
import { moveToPostgres } from '../../sync-server/store/move-to-postgres.ts';
import { DATABASE_FILE } from '../../sync-server/store/open-sqlite-store.ts';
import { type RunningPostgres, startPostgres } from '../../sync-server/store/test-postgres-server.ts';
import { fillStore } from './fill-store.ts';

const CACHE = fileURLToPath(new URL('../../.cache/weekly-bench/', import.meta.url));
/** Raised when what is filled in changes while the tables stay. */
const FILLING = 2;

/** On which engine a bench is run, and with how many responses: `--engine`, `--size`. */
export interface BenchOptions {
  readonly engine: Engine;
  readonly size: number;
}

/** A filled store: a data directory, and the address of its answers where they are in PostgreSQL. */
export interface StoredWeeks {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
}

/** The filled stores of a bench, and what keeps them. */
export interface BenchStores {
  filledWith(responses: number): Promise<StoredWeeks>;
  close(): Promise<void>;
}

/**
 * Opens the stores of an engine. Each is made once for these tables and this week and kept under `.cache/`; those of other weeks are removed.
 * A database of PostgreSQL is moved there from the SQLite file of the same size.
 */
export async function openBenchStores(engine: Engine): Promise<BenchStores> {
  const monday = firstDayOf(weekOf(localMoment(Date.now(), 'Europe/Paris').date));
  const key = keyOf(monday);
  mkdirSync(CACHE, { recursive: true });
  for (const other of readdirSync(CACHE))
    if (!other.endsWith(key)) rmSync(join(CACHE, other), { recursive: true, force: true });
  const server = engine === 'postgres' ? await startPostgres(join(CACHE, `postgres-${key}`)) : null;
  return {
    filledWith: async (responses) => {
      const dataDir = await once(join(CACHE, `${responses}-${key}`), responses, async (folder) =>
        fillStore(folder, responses, monday),
      );
      return {
        dataDir,
        databaseUrl: server === null ? null : await movedTo(server, join(dataDir, DATABASE_FILE), responses),
      };
    },
    close: async () => server?.stop(),
  };
}

function keyOf(monday: LocalDate): string {
  const digest = createHash('sha256');
  for (const { sql } of readMigrations('sqlite')) digest.update(sql);
  return `${monday}-${FILLING}-${digest.digest('hex').slice(0, 12)}`;
}

async function once(
  folder: string,
  responses: number,
  fill: (unfinished: string) => Promise<void>,
): Promise<string> {
  if (existsSync(folder)) return folder;
  const unfinished = join(CACHE, `unfinished-${process.pid}-${basename(folder)}`);
  await told(responses, async () => fill(unfinished));
  renameSync(unfinished, folder);
  return folder;
}

/** Named when it is finished: a database that a bench was stopped in is made anew. */
async function movedTo({ url }: RunningPostgres, file: string, responses: number): Promise<string> {
  const name = `filled_${responses}`;
  const unfinished = `${name}_unfinished`;
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) {
      await client.query(`drop database if exists ${unfinished} with (force)`);
      await client.query(`create database ${unfinished} template template0 encoding 'UTF8'`);
      await told(responses, async () => {
        await moveToPostgres(file, addressOf(url, unfinished), SYSTEM_CLOCK);
      });
      await client.query(`alter database ${unfinished} rename to ${name}`);
    }
  } finally {
    await client.end();
  }
  return addressOf(url, name);
}

function addressOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function told(responses: number, fill: () => Promise<void>): Promise<void> {
  process.stderr.write(`Filling a store with ${responses.toLocaleString('en')} responses …\n`);
  const started = performance.now();
  await fill();
  process.stderr.write(`Filled in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`);
}
