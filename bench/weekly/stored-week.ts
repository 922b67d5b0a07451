import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalDate } from '../../domain/weeks.ts';
import { readMigrations } from '../../sync-server/store/migrations.ts';
import { fillStore } from './fill-store.ts';

const CACHE = fileURLToPath(new URL('../../.cache/weekly-bench/', import.meta.url));
/** Raised when what is filled in changes while the tables stay. */
const FILLING = 2;

/**
 * The data directory of a filled store, made once for these tables and this week and kept under `.cache/`; those of other weeks
 * are removed.
 */
export async function storeWith(responses: number, monday: LocalDate): Promise<string> {
  const digest = createHash('sha256');
  for (const { sql } of readMigrations('sqlite')) digest.update(sql);
  const key = `${monday}-${FILLING}-${digest.digest('hex').slice(0, 12)}`;
  const name = `${responses}-${key}`;
  mkdirSync(CACHE, { recursive: true });
  for (const other of readdirSync(CACHE))
    if (!other.endsWith(key)) rmSync(join(CACHE, other), { recursive: true, force: true });
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  process.stderr.write(`Filling a store with ${responses.toLocaleString('en')} responses …\n`);
  const started = performance.now();
  const unfinished = join(CACHE, `unfinished-${process.pid}-${key}`);
  await fillStore(unfinished, responses, monday);
  renameSync(unfinished, folder);
  process.stderr.write(`Filled in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`);
  return folder;
}
