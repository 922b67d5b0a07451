import { PROTOCOL_VERSION } from '../../protocol/protocol-version.ts';
import { type Counters, type EntryStore, NO_COUNTERS, type TouchRequest } from './entry-store.ts';
import type { AskedToday, NewEntry, OutboxEntry } from './outbox.ts';
import type { Witness } from './witness.ts';

/*
 * What a finger waits for. A page that is alone on its tablet knows what each write rests on, and hands the whole of it to the engine in one go.
 * Any other asks in the same transaction, which costs another turn of a busy page.
 */

/**
 * Keeps a new answer under the next sequence. Done twice, it comes to the same.
 *
 * @param certain the counters as they are; null where another page may have changed them
 */
export async function enqueue(
  open: EntryStore,
  witness: Witness,
  fresh: NewEntry,
  asked: AskedToday,
  certain: Counters | null,
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
  let kept = follow(undefined, certain ?? NO_COUNTERS);
  await open.atOnce(['entries', 'settings'], (transaction, commit) => {
    const [entries, settings] = [transaction.objectStore('entries'), transaction.objectStore('settings')];
    const put = (): void => {
      entries.put(kept.entry);
      settings.put({ key: 'counters', value: kept.counters });
      commit();
    };
    // One that is kept already keeps its sequence.
    if (certain !== null && certain.openBy[fresh.bootId] !== fresh.responseId) return put();
    const known = entries.get(fresh.responseId) as TouchRequest<OutboxEntry | undefined>;
    const held = settings.get('counters') as TouchRequest<{ value: Counters } | undefined>;
    held.addEventListener('success', () => {
      kept = follow(known.result, held.result?.value ?? NO_COUNTERS);
      put();
    });
  });
  return kept;
}

/**
 * Writes an entry again.
 *
 * @param certain the counters as they are, from which it got its sequence; null where a new enrolment may have counted anew
 */
export async function rewrite(
  open: EntryStore,
  entry: OutboxEntry,
  change: Pick<OutboxEntry, 'body' | 'state'>,
  certain: Counters | null,
): Promise<OutboxEntry> {
  let written: OutboxEntry = { ...entry, ...change };
  await open.atOnce(['entries'], (transaction, commit) => {
    const entries = transaction.objectStore('entries');
    const put = (): void => {
      entries.put(written);
      commit();
    };
    if (certain !== null) return put();
    const known = entries.get(entry.responseId) as TouchRequest<OutboxEntry | undefined>;
    known.addEventListener('success', () => {
      written = { ...written, sequence: known.result?.sequence ?? entry.sequence };
      put();
    });
  });
  return written;
}
