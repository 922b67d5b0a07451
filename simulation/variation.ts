import type { WitnessPlace } from '../kiosk/loss/witness-places.ts';
import type { Outbox } from '../kiosk/outbox/outbox.ts';
import type { Witness } from '../kiosk/outbox/witness.ts';
import type { Durability } from './disk.ts';
import type { DatabaseVariation } from './server-database.ts';

/** How a run may differ from what ships, at the seams between its modules. What ships knows nothing of it. */
export interface Variation {
  readonly durability?: Durability;
  readonly database?: DatabaseVariation;
  readonly outbox?: (outbox: Outbox) => Outbox;
  readonly witness?: (witness: Witness) => Witness;
  readonly witnessPlace?: (place: WitnessPlace) => WitnessPlace;
  readonly nameOfDatabase?: (name: string) => string;
  readonly fetch?: (fetcher: typeof fetch, outbox: Outbox) => typeof fetch;
}

export const AS_IT_SHIPS: Variation = {};
