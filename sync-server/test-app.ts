import type { FastifyInstance } from 'fastify';
import { createApp } from './app.ts';
import type { AppDeps } from './app-deps.ts';
import { createSealingKey, sealingKeysOf } from './assignment/sealing-keys.ts';
import { type Config, readConfig } from './config.ts';
import { ManualClock, openTestStore } from './store/test-store.ts';

export type TestApp = {
  readonly app: FastifyInstance;
  readonly deps: AppDeps;
  readonly clock: ManualClock;
  readonly close: () => Promise<void>;
};

/** The whole server over a real database with Libourne loaded, for `app.inject(…)`; nothing listens. */
export async function openTestApp(
  settings: Partial<Config> = {},
  startIso = '2026-11-23T09:00:00.000Z',
  others: Partial<Pick<AppDeps, 'sealingKeys' | 'webRoot'>> = {},
): Promise<TestApp> {
  const clock = new ManualClock(startIso);
  const store = await openTestStore(clock);
  const read = readConfig({
    DATA_DIR: store.folder,
    DATABASE_URL: store.databaseUrl ?? '',
    LOG_LEVEL: 'silent',
  });
  if (!read.ok) throw new Error(read.error.join('\n'));
  const deps: AppDeps = {
    store,
    clock,
    config: { ...read.value, ...settings },
    sealingKeys: sealingKeysOf([createSealingKey(clock.now())]),
    webRoot: null,
    ...others,
  };
  const app = await createApp(deps);
  return {
    app,
    deps,
    clock,
    close: async () => {
      await app.close();
      await store.close();
    },
  };
}

/** The environment of a command that is run beside it, on the same data. */
export function environmentOf({ deps }: Pick<TestApp, 'deps'>): Readonly<Record<string, string>> {
  const { dataDir, databaseUrl } = deps.config;
  return { DATA_DIR: dataDir, ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }) };
}
