import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BootId, EnrolmentId, ResponseId, StoreId } from '../../domain/ids.ts';
import type { KioskView } from '../kiosk.ts';
import { createManualClock, type ManualClock } from '../manual-clock.ts';
import { createOutbox } from '../outbox/create-outbox.ts';
import { OutboxDatabase } from '../outbox/database.ts';
import type { OutboxEntry, OutboxMemory } from '../outbox/outbox.ts';
import { createWitness, type Witness } from '../outbox/witness.ts';
import { anAssignment } from '../visit/staged-kiosk.ts';
import { type GuardPorts, guardAnswers } from './guard-answers.ts';
import type { WitnessPlace } from './witness-places.ts';
import { readRecord } from './witness-record.ts';

/** A little more than the witness takes to follow. */
const MIRRORED_MS = 1_100;
const ENROLMENT = {
  enrolmentId: '6f2c1d34-0f5a-4a77-8a52-0d9f1c7f1b11' as EnrolmentId,
  token: 'secret',
};
const STORE = { storeId: '6f2c1d34-0f5a-4a77-8a52-0d9f1c7f1b22' as StoreId, highWaterMark: 0 };
const HELD = { tag: 'tag-1', assignment: anAssignment() };
const FIRST = 'parvis-outbox-1';

let factory: IDBFactory;
let clock: ManualClock;
let texts: Map<string, string>;
let places: (WitnessPlace & { text: string | null })[];
let assignmentPlace: ReturnType<typeof aPlace>;
let witness: Witness;
/** What the page of this moment has opened, and whether it was asked to be loaded anew. */
let page: {
  name: string;
  reloads: number;
  sends: number;
  view: KioskView;
  memory: OutboxMemory | null;
  change: () => void;
};
let stop: () => void;
let unreadable: Set<string>;
let errors: string[];

function aPlace() {
  const place = {
    text: null as string | null,
    read: async () => place.text,
    write: async (text: string) => {
      place.text = text;
    },
  };
  return place;
}

function openDatabase(name: string): OutboxDatabase {
  const db = new OutboxDatabase({ indexedDB: factory, IDBKeyRange }, name);
  if (unreadable.has(name)) {
    const refuse = async () => Promise.reject<never>(new DOMException('damaged', 'UnknownError'));
    db.read = refuse;
    db.write = refuse;
  }
  return db;
}

function anOutbox(name: string) {
  return createOutbox({ open: () => openDatabase(name), witness, clock, isAlone: () => true });
}

async function within<Value>(
  name: string,
  use: (outbox: ReturnType<typeof createOutbox>) => Promise<Value>,
): Promise<Value> {
  const outbox = anOutbox(name);
  const value = await use(outbox);
  outbox.close();
  return value;
}

async function give(name: string, ...ids: string[]): Promise<void> {
  await within(name, async (outbox) => {
    for (const id of ids)
      await outbox.enqueue(
        {
          responseId: id as ResponseId,
          createdAt: '2026-11-24T09:30:00.000Z',
          body: '{}',
          bootId: 'boot' as BootId,
          state: 'pending',
        },
        { day: '2026-11-24', counts: {} },
      );
  });
}

async function rowsOf(name: string): Promise<readonly OutboxEntry[]> {
  const found = await within(name, async (outbox) => outbox.everything());
  if (!found.ok) throw new Error('The rows cannot be read.');
  return found.value.toSorted((a, b) => a.sequence - b.sequence);
}

/** A page opens, as the kiosk would, and the guard has been loaded. */
async function open(name = texts.get('database') ?? FIRST, view?: KioskView): Promise<void> {
  stop?.();
  const recalled = await within(name, async (outbox) => outbox.recall());
  const memory = recalled.ok ? recalled.value : null;
  const listeners = new Set<() => void>();
  const isEnrolled = memory !== null && memory.enrolment !== null;
  page = {
    name,
    reloads: 0,
    sends: 0,
    memory,
    view:
      view ??
      (!recalled.ok
        ? { kind: 'outOfOrder', language: 'fr', reason: 'storage-UnknownError' }
        : isEnrolled
          ? { kind: 'awaitingAssignment', lack: null, isEnrolling: false, failure: null }
          : { kind: 'unenrolled', isEnrolling: false, failure: null }),
    change: () => listeners.forEach((listener) => listener()),
  };
  const engine: GuardPorts['engine'] = {
    get view() {
      return page.view;
    },
    get memory() {
      return page.memory;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    networkMayBeBack: () => void (page.sends += 1),
    noteError: (code) => void errors.push(code),
  };
  stop = guardAnswers({
    engine,
    openDatabase,
    databaseNames: async () => (await factory.databases()).flatMap(({ name: found }) => found ?? []),
    databaseName: name,
    clock,
    places,
    assignmentPlace,
    witness,
    chooseDatabase(chosen) {
      texts.set('database', chosen);
      return true;
    },
    reload: () => void (page.reloads += 1),
  });
  await rest();
}

/** Lets what was begun come to its end. */
async function rest(ms = 0): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    await clock.advance(0);
  }
  if (ms > 0) {
    await clock.advance(ms);
    await rest();
  }
}

function record(index = 0) {
  return readRecord(places[index]?.text ?? null);
}

beforeEach(async () => {
  factory = new IDBFactory();
  clock = createManualClock();
  texts = new Map();
  places = [aPlace(), aPlace(), aPlace()];
  assignmentPlace = aPlace();
  unreadable = new Set();
  errors = [];
  witness = createWitness({
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
  });
  await within(FIRST, async (outbox) => {
    await outbox.enrol(ENROLMENT, STORE);
    await outbox.keepAssignment(HELD);
  });
  await give(FIRST, 'r1', 'r2', 'r3', 'r4');
  await open();
  page.change();
  await rest(MIRRORED_MS);
});
afterEach(() => stop());

describe('the witness', () => {
  it('is in every place, a moment after the answer', async () => {
    await give(FIRST, 'r5');
    page.change();
    await rest(MIRRORED_MS);
    for (const index of [0, 1, 2])
      expect(record(index)).toMatchObject({
        ...ENROLMENT,
        lastSequence: 5,
        epoch: 1,
        database: FIRST,
        losses: [],
      });
    expect(JSON.parse(assignmentPlace.text ?? '')).toEqual(HELD);
  });

  it('is put back where a place has lost it', async () => {
    const [first, second] = places;
    if (first === undefined || second === undefined) throw new Error('There are no places.');
    first.text = null;
    second.text = 'damaged';
    await open();
    expect([record(0), record(1)]).toMatchObject([{ lastSequence: 4 }, { lastSequence: 4 }]);
    expect(record()?.losses).toEqual([]);
    expect(page.reloads).toBe(0);
  });

  it('follows the tablet to another enrolment', async () => {
    const other = { enrolmentId: '6f2c1d34-0f5a-4a77-8a52-0d9f1c7f1b99' as EnrolmentId, token: 'other' };
    await within(FIRST, async (outbox) => outbox.enrol(other, STORE));
    page.memory = { ...(page.memory as OutboxMemory), enrolment: other };
    page.change();
    await rest(MIRRORED_MS);
    expect(record()).toMatchObject({ ...other, epoch: 1, losses: [] });
  });
});

describe('a database that is found empty', () => {
  it('is replaced by one that counts on, with the loss noted, and asks the same questions without network', async () => {
    factory = new IDBFactory();
    await open();
    expect(page.reloads).toBe(1);
    expect(record(1)).toMatchObject({
      database: 'parvis-outbox-2',
      epoch: 2,
      losses: [{ throughSequence: 4, cause: 'emptied' }],
    });
    await open();
    expect(page.name).toBe('parvis-outbox-2');
    expect(page.memory).toMatchObject({ enrolment: ENROLMENT, assignment: HELD });
    // The new database counts on by itself.
    texts.delete('parvis-last-sequence');
    await give('parvis-outbox-2', 'r5');
    expect((await rowsOf('parvis-outbox-2')).map(({ sequence }) => sequence)).toEqual([5]);
    // It is noted once.
    await open();
    expect(record()).toMatchObject({ epoch: 2, losses: [{ throughSequence: 4 }] });
    expect(page.reloads).toBe(0);
  });

  it('is so too where one witness alone is left', async () => {
    for (const left of [0, 1, 2]) {
      factory = new IDBFactory();
      texts.clear();
      const text = places[left]?.text ?? null;
      for (const place of places) place.text = null;
      const kept = places[left];
      if (kept !== undefined) kept.text = text;
      await open(FIRST);
      expect(page.reloads).toBe(1);
      expect(record(left)?.losses.at(-1)).toMatchObject({ throughSequence: 4 });
      // The next round begins with this one's database gone too.
    }
  });

  it('is left by every other page of the tablet too, which writes nothing over the new witness', async () => {
    const [first] = places;
    const text = JSON.stringify({ ...record(), revision: 99, database: 'parvis-outbox-2', epoch: 2 });
    if (first !== undefined) first.text = text;
    witness.remember(ENROLMENT.enrolmentId, 5);
    page.change();
    await rest(MIRRORED_MS);
    expect([page.reloads, texts.get('database')]).toEqual([1, 'parvis-outbox-2']);
    expect(first?.text).toBe(text);
  });

  it('is a new tablet where nobody remembers anything', async () => {
    factory = new IDBFactory();
    texts.clear();
    for (const place of places) place.text = null;
    await open();
    expect([page.reloads, page.view.kind]).toEqual([0, 'unenrolled']);
  });

  it('is not replaced while somebody is typing a code', async () => {
    factory = new IDBFactory();
    await open(FIRST, { kind: 'unenrolled', isEnrolling: true, failure: null });
    expect(page.reloads).toBe(0);
  });
});

describe('a database that holds less than the witness knows', () => {
  it('goes on, with the loss noted once and no number given twice', async () => {
    await within(FIRST, async () => {
      const db = openDatabase(FIRST);
      await db.write(async () => {
        await db.entries.bulkDelete(['r3', 'r4'] as ResponseId[]);
        const counters = await db.setting('counters');
        if (counters !== null)
          await db.settings.put({ key: 'counters', value: { ...counters, lastSequence: 2 } });
      });
      db.close();
    });
    texts.delete('parvis-last-sequence');
    await open();
    expect(page.reloads).toBe(0);
    expect(record()).toMatchObject({ epoch: 2, losses: [{ throughSequence: 4, cause: 'thinned' }] });
    expect(witness.lastSequence(ENROLMENT.enrolmentId)).toBe(4);
    await give(FIRST, 'r5');
    expect((await rowsOf(FIRST)).map(({ sequence }) => sequence)).toEqual([1, 2, 5]);
    await open();
    expect(record()?.losses).toHaveLength(1);
  });

  it('is not one whose answers the server has', async () => {
    await within(FIRST, async (outbox) => {
      const waiting = await outbox.peek(10, new Set());
      if (waiting.ok) await outbox.acknowledge(waiting.value);
      await outbox.keepStore({ ...STORE, highWaterMark: 4 });
      await outbox.releaseSafe(4, clock.now());
    });
    await open();
    expect(await rowsOf(FIRST)).toEqual([]);
    expect(record()).toMatchObject({ epoch: 1, losses: [] });
  });

  it('is left for a new one, with what can be read, where rows make no sense any more', async () => {
    const db = openDatabase(FIRST);
    const [row] = await rowsOf(FIRST);
    if (row !== undefined) await db.write(() => db.entries.bulkPut([{ ...row, body: '{"cut' }]));
    db.close();
    await open();
    expect(page.reloads).toBe(1);
    expect((await rowsOf('parvis-outbox-2')).map(({ sequence }) => sequence)).toEqual([2, 3, 4]);
    expect(record()).toMatchObject({ epoch: 2, losses: [{ throughSequence: 4, cause: 'thinned' }] });
  });
});

describe('a database that cannot be read any more', () => {
  it('is replaced once another is seen to work, and given back what it holds when it can be read again', async () => {
    unreadable.add(FIRST);
    unreadable.add('parvis-outbox-2');
    await open();
    // As on a full disk: no database works.
    expect(page.reloads).toBe(0);
    await rest(3_000);
    expect(page.reloads).toBe(0);
    unreadable.delete('parvis-outbox-2');
    await rest(3_000);
    expect(page.reloads).toBe(1);
    expect(record()).toMatchObject({ epoch: 2, losses: [{ throughSequence: 4, cause: 'unreadable' }] });
    await open();
    await give(page.name, 'r5');
    unreadable.delete(FIRST);
    await open();
    await rest();
    expect((await rowsOf(page.name)).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    expect((await factory.databases()).map(({ name }) => name)).toEqual(['parvis-outbox-2']);
    expect(page.sends).toBe(1);
  });

  it('is kept where it can be read again a moment later', async () => {
    unreadable.add(FIRST);
    await open();
    unreadable.delete(FIRST);
    await rest(10_000);
    expect(page.reloads).toBe(0);
    expect(record()?.epoch).toBe(1);
  });

  it('is left alone while the disk is full', async () => {
    unreadable.add(FIRST);
    await open(FIRST, { kind: 'outOfOrder', language: 'fr', reason: 'storage-full' });
    await rest(10_000);
    expect(page.reloads).toBe(0);
    expect((await factory.databases()).map(({ name }) => name)).toEqual([FIRST]);
  });

  it('is left alone by a page that has had it: that one gets it back, or is loaded anew', async () => {
    unreadable.add(FIRST);
    page.view = { kind: 'outOfOrder', language: 'fr', reason: 'storage-UnknownError' };
    page.change();
    await rest(10_000);
    expect(page.reloads).toBe(0);
  });

  it('is replaced where a page that has had it finds it empty', async () => {
    factory = new IDBFactory();
    page.view = { kind: 'outOfOrder', language: 'fr', reason: 'storage-AbortError' };
    page.change();
    await rest();
    expect(page.reloads).toBe(1);
    expect(record()?.losses).toMatchObject([{ throughSequence: 4, cause: 'emptied' }]);
  });
});

it('opens the database that the witness names, where the page has opened a former one', async () => {
  factory = new IDBFactory();
  await open();
  texts.delete('database');
  await open();
  expect([page.name, page.reloads]).toEqual([FIRST, 1]);
  expect(texts.get('database')).toBe('parvis-outbox-2');
  expect(record()?.epoch).toBe(2);
});
