import type { FastifyInstance } from 'fastify';
import type { SealingKeys } from './assignment/sealing-keys.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { storePushes } from './ingest/store-pushes.ts';
import type { Store } from './store/store.ts';

/** What every capability's routes are given. */
export interface AppDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: Config;
  readonly sealingKeys: SealingKeys;
  /** Folder of the built pages (`dist/web`), or null to serve the API alone. */
  readonly webRoot: string | null;
  /** What stores pushes, where something else than the store does: the yardstick of the ingest bench stores nothing. */
  readonly storePushes?: typeof storePushes;
}

/** A capability's routes: a Fastify plugin that is given what it needs. Each route tells its `Operation` in `config`. */
export type Routes = (app: FastifyInstance, deps: AppDeps) => void | Promise<void>;
