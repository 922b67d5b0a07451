import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
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
  // The driver is loaded only where it is used: a town on SQLite does not pay for it in memory.
  const { openPostgresStore } = await import('./open-postgres-store.ts');
  return openPostgresStore(databaseUrl, clock);
}
