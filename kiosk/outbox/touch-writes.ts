import type { ResponseId } from '../../domain/ids.ts';
import { PROTOCOL_VERSION } from '../../protocol/protocol-version.ts';
import { type Counters, type EntryStore, NO_COUNTERS, type TouchRequest } from './entry-store.ts';
import type { AskedToday, NewEntry, OutboxEntry } from './outbox.ts';
import type { Witness } from './witness.ts';

/*
 * What a finger waits for. Each write asks in one round trip for what it rests on and, believing that to be as it was, for what it puts.
 * Requests are served in their order: where the belief turns out wrong, the right row is put over the wrong one in the same transaction.
 */

/**
 * Keeps a new answer under the next sequence. Done twice, it comes to the same.
 *
 * @param believed the counters as this page last saw them
 */
export async function enqueue(
  open: EntryStore,
  witness: Witness,
  fresh: NewEntry,
  asked: AskedToday,
  believed: Counters,
): Promise<{ entry: OutboxEntry; counters: Counters }> {
  const follow = (known: OutboxEntry | undefined, { enrolmentId, lastSequence, openBy }: Counters) => {
    const witnessed = enrolmentId === null ? 0 : witness.lastSequence(enrolmentId);
    const entry: OutboxEntry = {
      responseId: fresh.responseId,
      sequence: known?.sequence ?? Math.max(lastSequence, witnessed) + 1,
      createdAt: fresh.createdAt,
      payloadVersion: PROTOCOL_VERSION,
      body: fresh.body,
      state: fresh.state,
    };
    const counters: Counters = {
      enrolmentId,
      lastSequence: Math.max(lastSequence, entry.sequence),
      asked,
      openBy: { ...openBy, [fresh.bootId]: fresh.responseId },
    };
    return { entry, counters };
  };
  let kept = follow(undefined, believed);
  await open.atOnce(['entries', 'settings'], (transaction, commit) => {
    const [entries, settings] = [transaction.objectStore('entries'), transaction.objectStore('settings')];
    const known = entries.get(fresh.responseId) as TouchRequest<OutboxEntry | undefined>;
    const held = settings.get('counters') as TouchRequest<{ value: Counters } | undefined>;
    const put = (): void => {
      entries.put(kept.entry);
      settings.put({ key: 'counters', value: kept.counters });
    };
    put();
    held.addEventListener('success', () => {
      const counters = held.result?.value ?? NO_COUNTERS;
      if (known.result !== undefined || !isSame(counters, believed)) {
        kept = follow(known.result, counters);
        put();
      }
      commit();
    });
  });
  return kept;
}

/** Writes an entry again. The sequence may have changed under a running visit: a new enrolment counts anew. */
export async function rewrite(
  open: EntryStore,
  entry: OutboxEntry,
  change: Pick<OutboxEntry, 'body' | 'state'>,
): Promise<OutboxEntry> {
  let written: OutboxEntry = { ...entry, ...change };
  await open.atOnce(['entries'], (transaction, commit) => {
    const entries = transaction.objectStore('entries');
    const known = entries.get(entry.responseId) as TouchRequest<OutboxEntry | undefined>;
    entries.put(written);
    known.addEventListener('success', () => {
      const sequence = known.result?.sequence ?? entry.sequence;
      if (sequence !== entry.sequence) {
        written = { ...written, sequence };
        entries.put(written);
      }
      commit();
    });
  });
  return written;
}

/** All of the counters that a new entry rests on. */
function isSame(a: Counters, b: Counters): boolean {
  return (
    a.enrolmentId === b.enrolmentId &&
    a.lastSequence === b.lastSequence &&
    textOf(a.openBy) === textOf(b.openBy)
  );
}

function textOf(openBy: Readonly<Record<string, ResponseId>>): string {
  return JSON.stringify(openBy);
}
