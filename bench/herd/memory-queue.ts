import type { ResponseId } from '../../domain/ids.ts';
import { ok } from '../../domain/result.ts';
import type { OutboxEntry } from '../../kiosk/outbox/outbox.ts';
import type { RoundPorts } from '../../kiosk/sync/push-round.ts';
import { PROTOCOL_VERSION } from '../../protocol/protocol-version.ts';
import type { LoadTablet } from '../ingest/load-tablet.ts';

/** What a tablet's sync asks of the outbox, kept in memory: a thousand real ones would measure IndexedDB. */
export interface MemoryQueue extends Pick<RoundPorts, 'outbox'> {
  /** Makes so many more answers, before anything is measured, and lets them wait. */
  give(count: number): Promise<void>;
  readonly waiting: number;
  readonly retained: number;
}

export function createMemoryQueue(tablet: LoadTablet): MemoryQueue {
  let pending: OutboxEntry[] = [];
  let retained: OutboxEntry[] = [];
  return {
    async give(count) {
      for (let made = 0; made < count; made += 1) pending.push(await entryOf(tablet));
    },
    get waiting() {
      return pending.length;
    },
    get retained() {
      return retained.length;
    },
    outbox: {
      async peek(limit, setAside) {
        return ok(pending.filter((entry) => !setAside.has(entry.responseId)).slice(0, limit));
      },
      async acknowledge(sent) {
        const named = new Set(sent.map((entry) => entry.responseId));
        retained.push(...pending.filter((entry) => named.has(entry.responseId)));
        pending = pending.filter((entry) => !named.has(entry.responseId));
        return ok(undefined);
      },
      async reoffer() {
        const count = retained.length;
        pending = [...retained, ...pending].toSorted((a, b) => a.sequence - b.sequence);
        retained = [];
        return ok(count);
      },
      async releaseSafe(safeThrough) {
        retained = retained.filter((entry) => entry.sequence > safeThrough);
        return ok(undefined);
      },
      keepStore: async () => ok(undefined),
    },
  };
}

async function entryOf(tablet: LoadTablet): Promise<OutboxEntry> {
  const { responseId, sequence, response } = await tablet.next();
  return {
    responseId: responseId as ResponseId,
    sequence,
    createdAt: new Date().toISOString(),
    payloadVersion: PROTOCOL_VERSION,
    body: JSON.stringify(response),
    state: 'pending',
  };
}
