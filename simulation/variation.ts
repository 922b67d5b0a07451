import type { Outbox } from '../kiosk/outbox/outbox.ts';
import type { Durability } from './disk.ts';
import type { DatabaseVariation } from './server-database.ts';

/** How a run may differ from what ships, at the seams between its modules. What ships knows nothing of it. */
export interface Variation {
  readonly durability?: Durability;
  readonly database?: DatabaseVariation;
  readonly outbox?: (outbox: Outbox) => Outbox;
  readonly fetch?: (fetcher: typeof fetch, outbox: Outbox) => typeof fetch;
}

export const AS_IT_SHIPS: Variation = {};
