import type { SealingKeys } from './assignment/sealing-keys.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Store } from './store/store.ts';

/** What every capability's routes are given. */
export interface AppDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: Config;
  readonly sealingKeys: SealingKeys;
  /** Folder of the built pages (`dist/web`), or null to serve the API alone. */
  readonly webRoot: string | null;
}
