import { join } from 'node:path';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { DATABASE_FILE, openSqliteStore } from './store/open-sqlite-store.ts';
import type { Store } from './store/store.ts';
import { loadTown } from './surveys/load-town.ts';
import { readTownFile } from './surveys/town-file.ts';

/**
 * Opens the database of a data directory with the town's data published in it; loading them again changes nothing.
 *
 * @throws PlainFault in words for whoever runs the machine
 */
export async function openData(
  { dataDir, townFile }: Pick<Config, 'dataDir' | 'townFile'>,
  clock: Clock,
): Promise<Store> {
  const town = readTownFile(townFile);
  const store = openSqliteStore(join(dataDir, DATABASE_FILE), clock);
  try {
    await loadTown(store, town, clock);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
