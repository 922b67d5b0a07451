import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { loadTown } from './surveys/load-town.ts';
import { readTownFile } from './surveys/town-file.ts';
import { indexOlderTexts } from './verbatims/index-older-texts.ts';

/**
 * Opens the database that the configuration names with the town's data published in it; loading them again changes nothing.
 *
 * @throws PlainFault in words for whoever runs the machine
 */
export async function openData(
  config: Pick<Config, 'dataDir' | 'databaseUrl' | 'townFile'>,
  clock: Clock,
): Promise<Store> {
  const town = readTownFile(config.townFile);
  const store = await openStore(config, clock);
  try {
    await indexOlderTexts(store);
    await loadTown(store, town, clock);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
