import {
  IDBDatabase as FakeDatabase,
  IDBFactory,
  IDBKeyRange,
  IDBObjectStore as FakeStore,
  IDBTransaction as FakeTransaction,
} from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BootId, EnrolmentId, ResponseId, StoreId } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import { createManualClock } from '../manual-clock.ts';
import { anAssignment } from '../visit/staged-kiosk.ts';
import { STORAGE_LIMIT_MS } from './connection.ts';
import { createDexieOutbox } from './dexie-outbox.ts';
import { MAX_RETAINED_DAYS, type NewEntry, type OutboxEntry } from './outbox.ts';
import { createWitness } from './witness.ts';

const ENROLMENT = { enrolmentId: 'enrolment-a' as EnrolmentId, token: 'secret' };
const STORE = { storeId: 'store-a' as StoreId, highWaterMark: 0 };
const ASKED = { day: '2026-11-24', counts: {} };
const BOOT = 'boot-a' as BootId;
const NOBODY: ReadonlySet<ResponseId> = new Set();
/** The real bound is thousands; the rule is the same. */
const MAX_RETAINED = 3;
const DAY_MS = 86_400_000;

let source: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange };
let memory: Map<string, string>;
let clock: ReturnType<typeof createManualClock>;
let outbox: ReturnType<typeof anOutbox>;

function anOutbox() {
  const storage = {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, text: string) => void memory.set(key, text),
  };
  return createDexieOutbox({ source, witness: createWitness(storage), clock, maxRetained: MAX_RETAINED });
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

const idsOf = (entries: readonly OutboxEntry[]) => entries.map((entry) => entry.responseId);

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

describe('the life of an entry', () => {
  it('keeps a touched answer open: it is not sent before its visit is over', async () => {
    const entry = value(await outbox.enqueue(anEntry('r1'), ASKED));
    expect(value(await outbox.peek(10, NOBODY))).toEqual([]);
    value(await outbox.settle(entry, '{"whole":true}'));
    expect(value(await outbox.peek(10, NOBODY))).toEqual([
      { ...entry, body: '{"whole":true}', state: 'pending' },
    ]);
  });

  it('stores exactly the frozen row', async () => {
    expect(value(await outbox.enqueue(anEntry('r1'), ASKED))).toEqual({
      responseId: 'r1',
      sequence: 1,
      createdAt: '2026-11-24T09:30:00.000Z',
      payloadVersion: 1,
      body: '{"first":"r1"}',
      state: 'open',
    });
  });

  it('offers the oldest by sequence first, and leaves out what is set aside', async () => {
    for (const name of ['r9', 'r1', 'r5']) await settled(name);
    expect(idsOf(value(await outbox.peek(2, NOBODY)))).toEqual(['r9', 'r1']);
    expect(idsOf(value(await outbox.peek(2, new Set(['r9' as ResponseId]))))).toEqual(['r1', 'r5']);
  });

  it('lets go of what a verdict names, and of nothing else', async () => {
    const [first] = [await settled('r1'), await settled('r2')];
    value(await outbox.acknowledge([first]));
    expect(idsOf(value(await outbox.peek(10, NOBODY)))).toEqual(['r2']);
    expect(value(await outbox.status())).toMatchObject({ waiting: 1, retained: 1 });
  });

  it('deletes a retained entry only once a backup holds it', async () => {
    await retained('r1', 'r2', 'r3');
    value(await outbox.releaseSafe(2));
    expect(value(await outbox.status())).toEqual({ waiting: 0, oldestAt: null, retained: 1 });
    expect(value(await outbox.reoffer())).toBe(1);
    expect(idsOf(value(await outbox.peek(10, NOBODY)))).toEqual(['r3']);
  });

  it('never deletes what waits, however far the backup says it reaches', async () => {
    await settled('r1');
    value(await outbox.releaseSafe(1_000));
    expect(idsOf(value(await outbox.peek(10, NOBODY)))).toEqual(['r1']);
  });

  it('offers everything retained again when the server may have lost it', async () => {
    await retained('r1', 'r2');
    expect(value(await outbox.reoffer())).toBe(2);
    expect(idsOf(value(await outbox.peek(10, NOBODY)))).toEqual(['r1', 'r2']);
    expect(value(await outbox.reoffer())).toBe(0);
  });

  it('releases the oldest retained entries beyond the bound on their number', async () => {
    await retained('r1', 'r2', 'r3', 'r4', 'r5');
    value(await outbox.releaseSafe(0));
    expect(value(await outbox.status()).retained).toBe(MAX_RETAINED);
    value(await outbox.reoffer());
    expect(idsOf(value(await outbox.peek(10, NOBODY)))).toEqual(['r3', 'r4', 'r5']);
  });

  it('releases what has been retained for longer than the bound on its age', async () => {
    await retained('r1');
    clock.setCalendar(clock.now() + (MAX_RETAINED_DAYS - 1) * DAY_MS);
    await retained('r2');
    value(await outbox.releaseSafe(0));
    expect(value(await outbox.status()).retained).toBe(2);
    clock.setCalendar(clock.now() + 2 * DAY_MS);
    value(await outbox.releaseSafe(0));
    expect(value(await outbox.status()).retained).toBe(1);
  });
});

describe('sequences', () => {
  it('are never reused, even when the database has forgotten its latest writes', async () => {
    value(await outbox.enrol(ENROLMENT, STORE));
    await settled('r1');
    await settled('r2');
    outbox.close();
    source = { ...source, indexedDB: new IDBFactory() };
    outbox = anOutbox();
    value(await outbox.enrol(ENROLMENT, STORE));
    expect((await settled('r3')).sequence).toBe(3);
  });

  it('do not depend on the witness', async () => {
    value(await outbox.enrol(ENROLMENT, STORE));
    await settled('r1');
    memory.clear();
    expect((await settled('r2')).sequence).toBe(2);
  });

  it('are counted anew for a new enrolment, with what is still here offered again', async () => {
    value(await outbox.enrol(ENROLMENT, STORE));
    await retained('r1', 'r2');
    await settled('r3');
    value(await outbox.releaseSafe(1));
    value(await outbox.enrol({ enrolmentId: 'enrolment-b' as EnrolmentId, token: 't' }, STORE));
    const offered = value(await outbox.peek(10, NOBODY));
    expect(offered.map(({ responseId, sequence }) => [responseId, sequence])).toEqual([
      ['r2', 1],
      ['r3', 2],
    ]);
    expect((await settled('r4')).sequence).toBe(3);
  });

  it('follow the enrolment under a running visit', async () => {
    value(await outbox.enrol(ENROLMENT, STORE));
    await retained('r1');
    value(await outbox.releaseSafe(1));
    const open = value(await outbox.enqueue(anEntry('r2'), ASKED));
    value(await outbox.enrol({ enrolmentId: 'enrolment-b' as EnrolmentId, token: 't' }, STORE));
    expect(value(await outbox.settle(open, '{}')).sequence).toBe(1);
  });
});

describe('visits broken off', () => {
  it('are sent as far as they went once their page is gone', async () => {
    await outbox.enqueue(anEntry('mine', { bootId: 'boot-alive' as BootId }), ASKED);
    await outbox.enqueue(anEntry('theirs', { bootId: 'boot-dead' as BootId }), ASKED);
    expect(value(await outbox.settleAbandoned(({ bootId }) => bootId === 'boot-alive'))).toBe(1);
    expect(value(await outbox.peek(10, NOBODY))).toMatchObject([
      { responseId: 'theirs', body: '{"first":"theirs"}' },
    ]);
    expect(value(await outbox.settleAbandoned(() => true))).toBe(0);
  });

  it('lose nothing when they go on after all: the latest word is sent under the same id', async () => {
    const entry = value(await outbox.enqueue(anEntry('r1'), ASKED));
    value(await outbox.settleAbandoned(() => false));
    value(await outbox.amend(entry, '{"second":true}'));
    expect(value(await outbox.peek(10, NOBODY))).toEqual([]);
    value(await outbox.settle(entry, '{"whole":true}'));
    expect(value(await outbox.peek(10, NOBODY))).toMatchObject([
      { responseId: 'r1', sequence: 1, body: '{"whole":true}' },
    ]);
  });

  it('are not let go by a verdict on the half that had already left', async () => {
    const entry = value(await outbox.enqueue(anEntry('r1'), ASKED));
    value(await outbox.settleAbandoned(() => false));
    const half = value(await outbox.peek(10, NOBODY));
    value(await outbox.settle(entry, '{"whole":true}'));
    value(await outbox.acknowledge(half));
    expect(value(await outbox.peek(10, NOBODY))).toMatchObject([{ body: '{"whole":true}' }]);
  });

  it('come back even after the half that had left was released', async () => {
    const entry = value(await outbox.enqueue(anEntry('r1'), ASKED));
    value(await outbox.settleAbandoned(() => false));
    value(await outbox.acknowledge(value(await outbox.peek(10, NOBODY))));
    value(await outbox.releaseSafe(1));
    value(await outbox.settle(entry, '{"whole":true}'));
    expect(idsOf(value(await outbox.peek(10, NOBODY)))).toEqual(['r1']);
  });
});

describe('what the tablet remembers', () => {
  it('is there again after a restart', async () => {
    value(await outbox.enrol(ENROLMENT, STORE));
    const held = { tag: 'tag-1', assignment: anAssignment() };
    value(await outbox.keepAssignment(held));
    value(await outbox.keepStore({ ...STORE, highWaterMark: 7 }));
    value(await outbox.enqueue(anEntry('r1'), { day: '2026-11-24', counts: { AMAB: 1 } }));
    outbox.close();
    outbox = anOutbox();
    expect(value(await outbox.recall())).toEqual({
      enrolment: ENROLMENT,
      store: { ...STORE, highWaterMark: 7 },
      assignment: held,
      asked: { day: '2026-11-24', counts: { AMAB: 1 } },
    });
  });

  it('leaves out an assignment that this version cannot read', async () => {
    const misread = { tag: 'tag-1', assignment: { ...anAssignment(), protocol: 99 } };
    value(await outbox.keepAssignment(misread as unknown as Parameters<typeof outbox.keepAssignment>[0]));
    expect(value(await outbox.recall()).assignment).toBeNull();
  });
});

describe('what a touch writes in one round trip', () => {
  it('counts on from what another page of the tablet has written meanwhile', async () => {
    const other = anOutbox();
    const theirs = { bootId: 'boot-b' as BootId };
    expect(value(await outbox.enqueue(anEntry('r1'), ASKED)).sequence).toBe(1);
    expect(value(await other.enqueue(anEntry('r2', theirs), ASKED)).sequence).toBe(2);
    expect(value(await outbox.enqueue(anEntry('r3'), ASKED)).sequence).toBe(3);
    expect(value(await other.enqueue(anEntry('r4', theirs), ASKED)).sequence).toBe(4);
    // Whose open entry is whose is kept for both pages.
    const owners: (string | null)[] = [];
    await outbox.settleAbandoned(({ bootId }) => {
      owners.push(bootId);
      return true;
    });
    expect(owners.filter((owner) => owner !== null).toSorted()).toEqual([BOOT, theirs.bootId]);
    other.close();
  });
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
    value(await outbox.releaseSafe(1));
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
    vi.spyOn(FakeStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('No room left.', 'QuotaExceededError');
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
