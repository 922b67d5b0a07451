import { Dexie, type DexieOptions, type Table, type Transaction } from 'dexie';
import type { Clock } from '../ports.ts';
import {
  type Outbox,
  type OutboxCounts,
  type OutboxRow,
  RETAINED_DAYS,
  RETAINED_LIMIT,
  type Setting,
  type Stored,
} from './outbox.ts';
import { NotDurable, watched } from './watchdog.ts';
import type { Witness } from './witness.ts';

const DATABASE_NAME = 'parvis-outbox-1';
const SEQUENCE = 'sequence';
const PROBE = 'probe';
const DAY_MS = 86_400_000;

/** Rows by state, in the order of their sequence. */
const inState = (state: OutboxRow['state']) => [
  [state, Dexie.minKey],
  [state, Dexie.maxKey],
];

interface Opened {
  readonly dexie: Dexie;
  readonly entries: Table<OutboxRow, string>;
  readonly settings: Table<Setting, string>;
}

/** The outbox in IndexedDB. The only place that knows Dexie. */
export class DexieOutbox implements Outbox {
  readonly #clock: Clock;
  readonly #witness: Witness;
  readonly #options: DexieOptions;
  #opened: Opened | null = null;

  constructor(clock: Clock, witness: Witness, options: DexieOptions = {}) {
    this.#clock = clock;
    this.#witness = witness;
    // The default lost every write of the last half minute in a power cut.
    this.#options = { ...options, chromeTransactionDurability: 'strict' };
  }

  async record(
    row: Pick<OutboxRow, 'responseId' | 'createdAt' | 'payloadVersion' | 'body'>,
    setting: Setting | null,
  ): Stored<void> {
    const stored = await this.#write(async ({ entries, settings }) => {
      const known = await entries.get(row.responseId);
      // A first try that timed out may have been written all the same.
      if (known !== undefined) return known.sequence;
      const sequence = Math.max(numberOf((await settings.get(SEQUENCE))?.value), this.#witness.read()) + 1;
      await settings.put({ key: SEQUENCE, value: sequence });
      if (setting !== null) await settings.put(setting);
      await entries.add({ ...row, sequence, state: 'open' });
      return sequence;
    });
    if (!stored.ok) return stored;
    this.#witness.write(stored.value);
    return { ok: true, value: undefined };
  }

  amend(responseId: string, body: string): Stored<boolean> {
    return this.#write((opened) => replaceOpen(opened, responseId, { body }));
  }

  settle(responseId: string, body: string): Stored<boolean> {
    return this.#write(async (opened) => {
      const row = await opened.entries.get(responseId);
      if (row?.state === 'pending' && row.body === body) return true;
      return replaceOpen(opened, responseId, { body, state: 'pending' });
    });
  }

  settleAbandoned(isAbandoned: (row: OutboxRow) => boolean): Stored<number> {
    return this.#write(async ({ entries }) => {
      const open = await byState(entries, 'open').toArray();
      const abandoned = open.filter(isAbandoned);
      for (const row of abandoned) await entries.put({ ...row, state: 'pending' });
      return abandoned.length;
    });
  }

  peek(limit: number, except: ReadonlySet<string>): Stored<readonly OutboxRow[]> {
    return this.#read(({ entries }) =>
      byState(entries, 'pending')
        .filter((row) => !except.has(row.responseId))
        .limit(limit)
        .toArray(),
    );
  }

  acknowledge(responseIds: readonly string[]): Stored<void> {
    return this.#write(async ({ entries }) => {
      const rows = await entries.bulkGet([...responseIds]);
      for (const row of rows) if (row?.state === 'pending') await entries.put({ ...row, state: 'retained' });
    });
  }

  release(safeThrough: number, nowMs: number): Stored<void> {
    return this.#write(async ({ entries }) => {
      const oldest = new Date(nowMs - RETAINED_DAYS * DAY_MS).toISOString();
      const retained = await byState(entries, 'retained').toArray();
      const surplus = retained.length - RETAINED_LIMIT;
      const leaving = retained.filter(
        (row, index) => row.sequence <= safeThrough || index < surplus || row.createdAt < oldest,
      );
      await entries.bulkDelete(leaving.map((row) => row.responseId));
    });
  }

  offerAgain(): Stored<number> {
    return this.#write(({ entries }) => byState(entries, 'retained').modify({ state: 'pending' }));
  }

  counts(): Stored<OutboxCounts> {
    return this.#read(async ({ entries }) => ({
      pending: await byState(entries, 'pending').count(),
      retained: await byState(entries, 'retained').count(),
      oldestPendingAt: (await byState(entries, 'pending').first())?.createdAt ?? null,
    }));
  }

  readSettings(): Stored<ReadonlyMap<string, unknown>> {
    return this.#read(
      async ({ settings }) => new Map((await settings.toArray()).map(({ key, value }) => [key, value])),
    );
  }

  writeSettings(changed: readonly Setting[]): Stored<void> {
    return this.#write(async ({ settings }) => {
      await settings.bulkPut([...changed]);
    });
  }

  probe(): Stored<void> {
    return this.#write(async ({ settings }) => {
      await settings.put({ key: PROBE, value: 1 });
      if ((await settings.get(PROBE)) === undefined) throw new Error('what was written cannot be read');
      await settings.delete(PROBE);
    });
  }

  #read<Value>(work: (opened: Opened) => Promise<Value>): Stored<Value> {
    return this.#withReopening(() => {
      const opened = this.#open();
      return opened.dexie.transaction('r', [opened.entries, opened.settings], () => work(opened));
    });
  }

  #write<Value>(work: (opened: Opened) => Promise<Value>): Stored<Value> {
    return this.#withReopening(() => {
      const opened = this.#open();
      return opened.dexie.transaction('rw', [opened.entries, opened.settings], async (transaction) => {
        assertStrict(transaction);
        return work(opened);
      });
    });
  }

  /** A lost connection comes back by opening anew, not by asking again: so each call gets one second chance on a new one. */
  async #withReopening<Value>(work: () => Promise<Value>): Stored<Value> {
    const first = await watched(this.#clock, async () => work());
    if (first.ok) return first;
    this.#close();
    const second = await watched(this.#clock, async () => work());
    if (!second.ok) this.#close();
    return second;
  }

  #open(): Opened {
    if (this.#opened !== null) return this.#opened;
    const dexie = new Dexie(DATABASE_NAME, this.#options);
    // Frozen, as the row is: see `OutboxRow`.
    dexie.version(1).stores({ entries: 'responseId, [state+sequence]', settings: 'key' });
    this.#opened = { dexie, entries: dexie.table('entries'), settings: dexie.table('settings') };
    return this.#opened;
  }

  #close(): void {
    this.#opened?.dexie.close();
    this.#opened = null;
  }
}

function byState(entries: Table<OutboxRow, string>, state: OutboxRow['state']) {
  const [from, to] = inState(state);
  return entries.where('[state+sequence]').between(from, to);
}

async function replaceOpen(
  { entries }: Opened,
  responseId: string,
  change: Partial<OutboxRow>,
): Promise<boolean> {
  const row = await entries.get(responseId);
  if (row?.state !== 'open') return false;
  await entries.put({ ...row, ...change });
  return true;
}

/** Where the engine tells, it must tell `strict`: an option renamed one day would otherwise fail in silence. */
function assertStrict(transaction: Transaction): void {
  const { durability } = transaction.idbtrans as { durability?: string };
  if (durability !== undefined && durability !== 'strict') throw new NotDurable(durability);
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
