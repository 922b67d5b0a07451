import { ok } from '../../domain/result.ts';
import type { Clock } from '../ports.ts';
import { createConnection } from './connection.ts';
import { type EntryStore, NO_COUNTERS } from './entry-store.ts';
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
  /** Tests come to a smaller bound sooner. */
  readonly maxRetained?: number;
}

/** The outbox over a database: IndexedDB where it ships. */
export function createOutbox({
  open,
  witness,
  clock,
  maxRetained = MAX_RETAINED_ENTRIES,
}: Ports): Outbox & { close(): void } {
  const { run, close } = createConnection(open, clock);
  /** What the counters are believed to be; each write sees for itself whether they are. */
  let believed = NO_COUNTERS;
  return {
    recall: () => run(recall),
    async enqueue(fresh, asked) {
      const kept = await run((db) => enqueue(db, witness, fresh, asked, believed));
      if (!kept.ok) return kept;
      const { entry, counters } = kept.value;
      const { enrolmentId } = counters;
      believed = counters;
      // After the commit: a sequence witnessed and never given would look like a lost answer.
      if (enrolmentId !== null) witness.remember(enrolmentId, entry.sequence);
      return ok(entry);
    },
    amend: (entry, body) => run((db) => rewrite(db, entry, { body, state: 'open' })),
    settle: (entry, body) => run((db) => rewrite(db, entry, { body, state: 'pending' })),
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
    enrol: (enrolment, store) => run((db) => enrol(db, enrolment, store)),
    probe: () => run(probe),
    close,
  };
}
