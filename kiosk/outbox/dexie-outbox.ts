import { ok } from '../../domain/result.ts';
import type { Clock } from '../ports.ts';
import { createConnection } from './connection.ts';
import { type IndexedDbSource, NO_COUNTERS } from './database.ts';
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
  readonly source: IndexedDbSource;
  readonly witness: Witness;
  readonly clock: Clock;
  /** Tests come to a smaller bound sooner. */
  readonly maxRetained?: number;
}

/** The outbox over IndexedDB. */
export function createDexieOutbox({
  source,
  witness,
  clock,
  maxRetained = MAX_RETAINED_ENTRIES,
}: Ports): Outbox & { close(): void } {
  const { run, close } = createConnection(source, clock);
  /** What the counters are believed to be; each write sees for itself whether they are. */
  let believed = NO_COUNTERS;
  return {
    recall: () => run(recall),
    async enqueue(fresh, asked) {
      const kept = await run((open) => enqueue(open, witness, fresh, asked, believed));
      if (!kept.ok) return kept;
      const { entry, counters } = kept.value;
      const { enrolmentId } = counters;
      believed = counters;
      // After the commit: a sequence witnessed and never given would look like a lost answer.
      if (enrolmentId !== null) witness.remember(enrolmentId, entry.sequence);
      return ok(entry);
    },
    amend: (entry, body) => run((open) => rewrite(open, entry, { body, state: 'open' })),
    settle: (entry, body) => run((open) => rewrite(open, entry, { body, state: 'pending' })),
    settleAbandoned: (isAlive) => run((open) => settleAbandoned(open, isAlive)),
    peek: (limit, setAside) => run((open) => peek(open, limit, setAside)),
    acknowledge: (sent) => run((open) => acknowledge(open, sent)),
    releaseSafe: (safeThrough) =>
      run((open) => releaseSafe(open, safeThrough, { maxRetained, nowMs: clock.now() })),
    reoffer: () => run(reoffer),
    status: () => run(statusOf),
    everything: () => run((open) => open.read(() => open.entries.toArray())),
    keepStore: (value) => run((open) => open.write(() => keep(open.settings.put({ key: 'store', value })))),
    keepAssignment: (value) =>
      run((open) => open.write(() => keep(open.settings.put({ key: 'assignment', value })))),
    enrol: (enrolment, store) => run((open) => enrol(open, enrolment, store)),
    probe: () => run(probe),
    close,
  };
}
