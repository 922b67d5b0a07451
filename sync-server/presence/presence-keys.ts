import { randomBytes } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { PRESENCE_KEY_BYTES, PRESENCE_REFERENCE_BYTES } from '../../protocol/presence-code.ts';
import type { Clock } from '../clock.ts';
import type { Device } from '../fleet/device-token.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

/** What a tablet makes its codes with, as it goes on the wire. */
export interface PresenceKey {
  readonly reference: string;
  readonly key: string;
}

/** A clock that has moved further than this has been set: the window of a code forgives twice as much. */
const MOVED_MS = 300_000;
/** How long a key may be told from memory. */
const FRESH_MS = 5_000;

/** The keys of all tablets: made when first asked for, and made anew when a tablet's clock is found to have been set. */
export class PresenceKeys {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #kept = new Map<string, { readonly readAt: number; readonly key: PresenceKey }>();

  constructor({ store, clock }: { readonly store: Store; readonly clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  async of(device: Device): Promise<PresenceKey> {
    const { enrolmentId } = device;
    const kept = this.#kept.get(enrolmentId);
    const now = this.#clock.now();
    if (kept !== undefined && now >= kept.readAt && now - kept.readAt < FRESH_MS) return kept.key;
    const { db } = this.#store;
    // Only who must make one holds up the other writers.
    const read =
      (await keyInUse(db, device)).key ?? (await db.transaction().execute(async (trx) => keyOf(trx, device)));
    // The same object for the same key: whoever is told it can see at once that nothing has changed.
    const key = kept !== undefined && kept.key.reference === read.reference ? kept.key : read;
    this.#kept.set(enrolmentId, { readAt: now, key });
    return key;
  }
}

/** The key in use, or null where there is none or the tablet's clock has been set since. */
async function keyInUse(
  db: Kysely<Tables>,
  { organisationId, enrolmentId }: Device,
): Promise<{ readonly key: PresenceKey | null; readonly offsetMs: number }> {
  const row = await db
    .selectFrom('enrolments')
    .leftJoin('presence_keys', (join) =>
      join
        .onRef('presence_keys.organisation_id', '=', 'enrolments.organisation_id')
        .onRef('presence_keys.enrolment_id', '=', 'enrolments.enrolment_id'),
    )
    .where('enrolments.organisation_id', '=', organisationId)
    .where('enrolments.enrolment_id', '=', enrolmentId)
    .select([
      'enrolments.clock_offset_ms as offsetMs',
      'presence_keys.clock_offset_ms as keyOffsetMs',
      'presence_keys.reference',
      'presence_keys.key',
    ])
    .executeTakeFirstOrThrow();
  const offsetMs = row.offsetMs ?? 0;
  if (row.reference === null || row.key === null || Math.abs(offsetMs - (row.keyOffsetMs ?? 0)) > MOVED_MS)
    return { key: null, offsetMs };
  return { key: onTheWire(row.reference, row.key), offsetMs };
}

/** The same, made where there is none. */
async function keyOf(trx: Transaction<Tables>, device: Device): Promise<PresenceKey> {
  const { organisationId, enrolmentId } = device;
  const { key, offsetMs } = await keyInUse(trx, device);
  if (key !== null) return key;
  const made = {
    reference: randomBytes(PRESENCE_REFERENCE_BYTES).toString('base64url'),
    key: randomBytes(PRESENCE_KEY_BYTES),
    clock_offset_ms: offsetMs,
  };
  await trx
    .insertInto('presence_keys')
    .values({ organisation_id: organisationId, enrolment_id: enrolmentId, ...made })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'enrolment_id']).doUpdateSet(made))
    .execute();
  return onTheWire(made.reference, made.key);
}

function onTheWire(reference: string, key: Uint8Array): PresenceKey {
  return { reference, key: Buffer.from(key).toString('base64url') };
}
