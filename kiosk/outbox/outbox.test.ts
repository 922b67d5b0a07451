import {
  IDBDatabase as FakeDatabase,
  IDBFactory,
  IDBKeyRange,
  IDBObjectStore as FakeStore,
  IDBTransaction as FakeTransaction,
} from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BootId, ResponseId } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import { createManualClock } from '../manual-clock.ts';
import { STORAGE_LIMIT_MS } from './connection.ts';
import { createOutbox } from './create-outbox.ts';
import { OutboxDatabase } from './database.ts';
import { describeOutbox } from './outbox-contract.ts';
import type { NewEntry, OutboxEntry } from './outbox.ts';
import { createWitness } from './witness.ts';

const ASKED = { day: '2026-11-24', counts: {} };
const BOOT = 'boot-a' as BootId;

/** How the engine of the tests runs a request. */
interface FakeRequests {
  _execRequestAsync(request: { operation: () => unknown; source: unknown }): IDBRequest<IDBValidKey>;
}

let source: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange };
let memory: Map<string, string>;
let clock: ReturnType<typeof createManualClock>;
let outbox: ReturnType<typeof anOutbox>;

function anOutbox() {
  const storage = {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, text: string) => void memory.set(key, text),
  };
  return createOutbox({
    open: () => new OutboxDatabase(source),
    witness: createWitness(storage),
    clock,
    isAlone: () => true,
  });
}

function anEntry(name: string, overrides: Partial<NewEntry> = {}): NewEntry {
  return {
    responseId: name as ResponseId,
    createdAt: new Date(clock.now()).toISOString(),
    body: `{"first":"${name}"}`,
    bootId: BOOT,
    state: 'open',
    ...overrides,
  };
}

function value<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`Storage failed: ${JSON.stringify(result.error)}`);
  return result.value;
}

async function settled(name: string): Promise<OutboxEntry> {
  const entry = value(await outbox.enqueue(anEntry(name), ASKED));
  return value(await outbox.settle(entry, `{"whole":"${name}"}`));
}

async function retained(...names: string[]): Promise<void> {
  const entries: OutboxEntry[] = [];
  for (const name of names) entries.push(await settled(name));
  value(await outbox.acknowledge(entries));
}

beforeEach(() => {
  source = { indexedDB: new IDBFactory(), IDBKeyRange };
  memory = new Map();
  clock = createManualClock();
  outbox = anOutbox();
});
afterEach(() => {
  vi.restoreAllMocks();
  outbox.close();
});

describeOutbox('over IndexedDB', () => {
  const own = { indexedDB: new IDBFactory(), IDBKeyRange };
  return () => new OutboxDatabase(own);
});

describe('when storage fails', () => {
  it('asks for strict durability on every transaction that writes', async () => {
    const transactions: (IDBTransactionOptions | undefined)[] = [];
    const start = FakeDatabase.prototype.transaction;
    vi.spyOn(FakeDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      stores,
      mode,
      options,
    ) {
      if (mode === 'readwrite') transactions.push(options);
      return start.call(this, stores, mode, options);
    });
    await retained('r1');
    value(await outbox.releaseSafe(1, clock.now()));
    value(await outbox.probe());
    expect(transactions.length).toBeGreaterThan(4);
    expect(transactions.every((options) => options?.durability === 'strict')).toBe(true);
  });

  it('counts nothing as kept where the engine says that it will not flush', async () => {
    const start = FakeDatabase.prototype.transaction;
    vi.spyOn(FakeDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      stores,
      mode,
    ) {
      return start.call(this, stores, mode, { durability: 'relaxed' });
    });
    expect(await outbox.enqueue(anEntry('r1'), ASKED)).toEqual({ ok: false, error: { kind: 'notDurable' } });
    vi.restoreAllMocks();
    expect(value(await outbox.settleAbandoned(() => false))).toBe(0);
  });

  it('says so within five seconds when a request hangs for ever, and works again on a new connection', async () => {
    value(await outbox.recall());
    let isHanging = true;
    vi.spyOn(FakeTransaction.prototype, 'commit').mockImplementation(() => undefined);
    vi.spyOn(FakeStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore) {
      // As Chromium on a full disk: the transaction stays open, and neither completes nor aborts.
      const keepOpen = (): void => {
        if (isHanging) this.get('kept open').addEventListener('success', keepOpen);
        else this.transaction.abort();
      };
      keepOpen();
      return {} as IDBRequest<IDBValidKey>;
    });
    const keeping = outbox.enqueue(anEntry('r1'), ASKED);
    await clock.advance(STORAGE_LIMIT_MS);
    expect(await keeping).toEqual({ ok: false, error: { kind: 'hung' } });
    isHanging = false;
    vi.restoreAllMocks();
    value(await outbox.probe());
    expect(value(await outbox.enqueue(anEntry('r2'), ASKED)).sequence).toBe(1);
  });

  it('says that the disk is full when it is', async () => {
    value(await outbox.recall());
    vi.spyOn(FakeStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore) {
      // As in engines: the request fails later, and takes its transaction with it.
      const operation = () => {
        throw new DOMException('No room left.', 'QuotaExceededError');
      };
      return (this.transaction as unknown as FakeRequests)._execRequestAsync({ operation, source: this });
    });
    expect(await outbox.enqueue(anEntry('r1'), ASKED)).toEqual({ ok: false, error: { kind: 'full' } });
    expect((await outbox.probe()).ok).toBe(false);
    vi.restoreAllMocks();
    value(await outbox.probe());
    expect(value(await outbox.status())).toEqual({ waiting: 0, oldestAt: null, retained: 0 });
  });

  it('opens a lost connection anew and keeps the answer all the same', async () => {
    const start = FakeDatabase.prototype.transaction;
    const lost = new Set<IDBDatabase>();
    vi.spyOn(FakeDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      stores,
      mode,
      options,
    ) {
      if (mode === 'readwrite' && lost.size === 0) lost.add(this);
      if (lost.has(this)) throw new DOMException('The connection was lost.', 'UnknownError');
      return start.call(this, stores, mode, options);
    });
    value(await outbox.enqueue(anEntry('r1'), ASKED));
    expect(lost.size).toBe(1);
    expect(value(await outbox.settleAbandoned(() => false))).toBe(1);
  });

  it('keeps a touch that is stored twice as one answer', async () => {
    const first = value(await outbox.enqueue(anEntry('r1'), ASKED));
    const second = value(await outbox.enqueue(anEntry('r1', { body: '{"again":true}' }), ASKED));
    expect(second.sequence).toBe(first.sequence);
    expect(value(await outbox.settleAbandoned(() => false))).toBe(1);
  });

  it('tells what is broken by its name only', async () => {
    vi.spyOn(source.indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('Internal error opening the store of somebody.', 'UnknownError');
    });
    const failing = outbox.recall();
    await clock.advance(STORAGE_LIMIT_MS);
    const failed = await failing;
    expect(failed.ok).toBe(false);
    expect(JSON.stringify(failed)).not.toContain('somebody');
  });
});
