import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { PlainFault } from '../plain-fault.ts';
import { DATABASE_FILE, openSqliteStore } from './open-sqlite-store.ts';
import type { Store } from './store.ts';

/**
 * Opens what the configuration names: PostgreSQL where there is a `DATABASE_URL`, otherwise the SQLite file of the data directory.
 *
 * @throws PlainFault in words for whoever runs the machine
 */
export async function openStore(
  { dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>,
  clock: Clock,
): Promise<Store> {
  if (databaseUrl === null) return openSqliteStore(join(dataDir, DATABASE_FILE), clock);
  makeDataDir(dataDir);
  // The driver is loaded only where it is used: a town on SQLite does not pay for it in memory.
  const { openPostgresStore } = await import('./open-postgres-store.ts');
  return openPostgresStore(databaseUrl, clock);
}

/** The keys and the journal of erasures are beside the database whatever the engine. */
function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new PlainFault(`The data directory ${dataDir} cannot be made (${code}). Set DATA_DIR.`);
  }
}
