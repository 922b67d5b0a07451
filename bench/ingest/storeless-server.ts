// The first yardstick of the ingest bench: Parvis's own server with its own route for pushes, and everything it does but storing. Who sends is
// recognised, each entry decoded, held against its questionnaire and its words opened, the group that waits is taken together and each push
// answered; the one call that would store the group says `accepted` in its place, and nothing is written.
//
//   node --import tsx bench/ingest/storeless-server.ts PORT DATA_DIR       (a data directory of Parvis; its tablets and its keys are known)
import { createApp } from '../../sync-server/app.ts';
import { openSealingKeys } from '../../sync-server/assignment/sealing-keys.ts';
import { SYSTEM_CLOCK } from '../../sync-server/clock.ts';
import { readConfig } from '../../sync-server/config.ts';
import type { PushOutcome, PushWork } from '../../sync-server/ingest/push-work.ts';
import { type Fates, verdictOn } from '../../sync-server/ingest/store-pushes.ts';
import { TallyBook } from '../../sync-server/ingest/tallies.ts';
import { openStore } from '../../sync-server/store/open-store.ts';
import type { Store } from '../../sync-server/store/store.ts';

const [port = '', dataDir = ''] = process.argv.slice(2);
const config = readConfig({ ...process.env, PORT: port, DATA_DIR: dataDir, LOG_LEVEL: 'error' });
if (!config.ok) throw new Error(config.error.join('\n'));
const clock = SYSTEM_CLOCK;
const store = await openStore({ dataDir, databaseUrl: null }, clock);
const sealingKeys = openSealingKeys(dataDir, clock);

const app = await createApp({
  store,
  clock,
  config: config.value,
  sealingKeys,
  webRoot: null,
  storePushes: storeNothing,
});
process.once('SIGTERM', () => void app.close().then(async () => store.close()));
await app.listen({ port: Number(port), host: '127.0.0.1' });

/** What would be said of each push if all of it were new and stored. */
async function storeNothing(
  _store: Store,
  works: readonly PushWork[],
): Promise<ReadonlyMap<PushWork, PushOutcome>> {
  return new Map(
    works.map((work) => {
      const understood = work.entries.flatMap((entry) => (entry.kind === 'understood' ? [entry] : []));
      const fates: Fates = {
        erased: new Set(),
        accepted: new Set(understood),
        stored: new Map(),
        counted: new TallyBook(),
      };
      return [
        work,
        {
          kind: 'stored',
          verdicts: work.entries.map((entry) => verdictOn(work, entry, fates)),
          highWaterMark: Math.max(0, ...understood.map(({ entry }) => entry.sequence)),
          safeThrough: 0,
        },
      ];
    }),
  );
}
