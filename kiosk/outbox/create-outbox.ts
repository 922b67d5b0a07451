import { ok } from '../../domain/result.ts';
import type { Clock } from '../ports.ts';
import { createConnection } from './connection.ts';
import type { Counters, EntryStore } from './entry-store.ts';
import { MAX_RETAINED_ENTRIES, type Outbox } from './outbox.ts';
import {
  acknowledge,
  enrol,
  keep,
  peek,
  probe,
  recall,
  releaseSafe,
  reoffer,
  settleAbandoned,
  statusOf,
} from './transactions.ts';
import { enqueue, rewrite } from './touch-writes.ts';
import type { Witness } from './witness.ts';

interface Ports {
  /** Opens the database; asked again after a failure. */
  readonly open: () => EntryStore;
  readonly witness: Witness;
  readonly clock: Clock;
  /** Whether no other page of the tablet writes. */
  readonly isAlone: () => boolean;
  /** Tests come to a smaller bound sooner. */
  readonly maxRetained?: number;
}

/** The outbox over a database: IndexedDB where it ships. */
export function createOutbox({
  open,
  witness,
  clock,
  isAlone,
  maxRetained = MAX_RETAINED_ENTRIES,
}: Ports): Outbox & { close(): void } {
  const { run, close } = createConnection(open, clock);
  /** The counters as this page left them; null from when it touches them otherwise until its next answer. */
  let left: Counters | null = null;
  const certain = () => (isAlone() ? left : null);
  return {
    recall: () => run(recall),
    async enqueue(fresh, asked) {
      const counted = certain();
      // Until it is known to be kept, nobody may count on from it, nor from before it.
      left = null;
      const kept = await run((db) => enqueue(db, witness, fresh, asked, counted));
      if (!kept.ok) return kept;
      const { entry, counters } = kept.value;
      const { enrolmentId } = counters;
      left = counters;
      // After the commit: a sequence witnessed and never given would look like a lost answer.
      if (enrolmentId !== null) witness.remember(enrolmentId, entry.sequence);
      return ok(entry);
    },
    amend: (entry, body) => run((db) => rewrite(db, entry, { body, state: 'open' }, certain())),
    settle: (entry, body) => run((db) => rewrite(db, entry, { body, state: 'pending' }, certain())),
    settleAbandoned: (isAlive) => run((db) => settleAbandoned(db, isAlive)),
    peek: (limit, setAside) => run((db) => peek(db, limit, setAside)),
    acknowledge: (sent) => run((db) => acknowledge(db, sent)),
    releaseSafe: (safeThrough, atMs) => run((db) => releaseSafe(db, safeThrough, { maxRetained, atMs })),
    reoffer: () => run(reoffer),
    status: () => run(statusOf),
    everything: () => run((db) => db.read(() => db.entries.toArray())),
    keepStore: (value) => run((db) => db.write(() => keep(db.settings.put({ key: 'store', value })))),
    keepAssignment: (value) =>
      run((db) => db.write(() => keep(db.settings.put({ key: 'assignment', value })))),
    async enrol(enrolment, store) {
      left = null;
      const enrolled = await run((db) => enrol(db, enrolment, store));
      // What was kept in between may have counted on from the former place.
      left = null;
      return enrolled;
    },
    probe: () => run(probe),
    close,
  };
}
