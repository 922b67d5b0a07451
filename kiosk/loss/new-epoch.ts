import type { KnownLoss } from '../../protocol/known-loss.ts';
import { type GuardedStore, NO_COUNTERS } from '../outbox/entry-store.ts';
import type { HeldAssignment, OutboxEntry } from '../outbox/outbox.ts';
import { type WitnessRecord, nextDatabase } from './witness-record.ts';

/** How many losses are kept to be told; the server has long counted the older ones. */
const LOSSES_KEPT = 5;

/** The record after a loss; a tablet that had counted nothing yet has lost nothing. */
export function afterLoss(record: WitnessRecord, loss: KnownLoss): WitnessRecord {
  const isLoss = loss.throughSequence > 0;
  return {
    ...record,
    revision: record.revision + 1,
    lastSequence: Math.max(record.lastSequence, loss.throughSequence),
    epoch: record.epoch + 1,
    losses: isLoss ? [...record.losses, loss].slice(-LOSSES_KEPT) : record.losses,
  };
}

/**
 * Makes a database under the next name, in which the enrolment goes on: it counts on from what was given last, and holds what could be read of the
 * one before.
 *
 * @returns the record that names it
 * @throws whatever the engine throws, where no database works
 */
export async function beginAnew(
  openDatabase: (name: string) => GuardedStore,
  record: WitnessRecord,
  loss: KnownLoss,
  saved: { readonly rows: readonly OutboxEntry[]; readonly assignment: HeldAssignment | null },
): Promise<WitnessRecord> {
  const next = { ...afterLoss(record, loss), database: nextDatabase(record.database) };
  const { enrolmentId, token, storeId, lastSequence } = next;
  const db = openDatabase(next.database);
  try {
    await db.write(async () => {
      await db.entries.bulkPut(saved.rows);
      await db.settings.bulkPut([
        { key: 'enrolment', value: { enrolmentId, token } },
        { key: 'counters', value: { ...NO_COUNTERS, enrolmentId, lastSequence } },
        ...(storeId === null ? [] : [{ key: 'store' as const, value: { storeId, highWaterMark: 0 } }]),
        ...(saved.assignment === null ? [] : [{ key: 'assignment' as const, value: saved.assignment }]),
      ]);
    });
  } finally {
    db.close();
  }
  return next;
}
