import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BootId, EnrolmentId, ResponseId, StoreId } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import { createManualClock } from '../manual-clock.ts';
import { anAssignment } from '../visit/staged-kiosk.ts';
import { STORAGE_LIMIT_MS } from './connection.ts';
import { createOutbox } from './create-outbox.ts';
import type { EntryStore } from './entry-store.ts';
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

/**
 * What the outbox does, whatever database is under it: the same expectations for IndexedDB, which ships, and for the model of a disk that the
 * simulator puts in its place. What holds in the simulator is worth something only as long as both meet them.
 *
 * @param newDatabase makes an empty database, and returns the way to open it, once or more often
 */
export function describeOutbox(where: string, newDatabase: () => () => EntryStore): void {
  describeOn(`${where}, alone`, newDatabase, true);
  describeOn(`${where}, beside other pages`, newDatabase, false);
}

function describeOn(where: string, newDatabase: () => () => EntryStore, beginsAlone: boolean): void {
  let isAlone: boolean;
  let open: () => EntryStore;
  let memory: Map<string, string>;
  let clock: ReturnType<typeof createManualClock>;
  let outbox: ReturnType<typeof anOutbox>;

  function anOutbox() {
    const storage = {
      getItem: (key: string) => memory.get(key) ?? null,
      setItem: (key: string, text: string) => void memory.set(key, text),
    };
    return createOutbox({
      open,
      witness: createWitness(storage),
      clock,
      isAlone: () => isAlone,
      maxRetained: MAX_RETAINED,
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

  const idsOf = (entries: readonly OutboxEntry[]) => entries.map((entry) => entry.responseId);

  beforeEach(() => {
    isAlone = beginsAlone;
    open = newDatabase();
    memory = new Map();
    clock = createManualClock();
    outbox = anOutbox();
  });
  afterEach(() => {
    outbox.close();
  });

  describe(`${where}: the life of an entry`, () => {
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
      value(await outbox.releaseSafe(2, clock.now()));
      expect(value(await outbox.status())).toEqual({ waiting: 0, oldestAt: null, retained: 1 });
      expect(value(await outbox.reoffer())).toBe(1);
      expect(idsOf(value(await outbox.peek(10, NOBODY)))).toEqual(['r3']);
    });

    it('never deletes what waits, however far the backup says it reaches', async () => {
      await settled('r1');
      value(await outbox.releaseSafe(1_000, clock.now()));
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
      value(await outbox.releaseSafe(0, clock.now()));
      expect(value(await outbox.status()).retained).toBe(MAX_RETAINED);
      value(await outbox.reoffer());
      expect(idsOf(value(await outbox.peek(10, NOBODY)))).toEqual(['r3', 'r4', 'r5']);
    });

    it('releases what has been retained for longer than the bound on its age, and nothing before half of it', async () => {
      const turn = (MAX_RETAINED_DAYS / 2) * DAY_MS;
      const retainedAt = async (atMs: number) => {
        value(await outbox.releaseSafe(0, atMs));
        return value(await outbox.status()).retained;
      };
      await retained('r1');
      expect(await retainedAt(clock.now())).toBe(1);
      await retained('r2');
      expect(await retainedAt(clock.now() + turn - 1)).toBe(2);
      expect(await retainedAt(clock.now() + turn)).toBe(1);
      expect(await retainedAt(clock.now() + 2 * turn)).toBe(0);
    });

    it('does not take its own calendar for an age', async () => {
      const serverMs = clock.now();
      await retained('r1');
      value(await outbox.releaseSafe(0, serverMs));
      clock.setCalendar(clock.now() + 10 * MAX_RETAINED_DAYS * DAY_MS);
      value(await outbox.releaseSafe(0, serverMs + DAY_MS));
      expect(value(await outbox.status()).retained).toBe(1);
    });
  });

  describe(`${where}: sequences`, () => {
    it('are never reused, even when the database has forgotten its latest writes', async () => {
      value(await outbox.enrol(ENROLMENT, STORE));
      await settled('r1');
      await settled('r2');
      outbox.close();
      open = newDatabase();
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
      value(await outbox.releaseSafe(1, clock.now()));
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
      value(await outbox.releaseSafe(1, clock.now()));
      const begun = value(await outbox.enqueue(anEntry('r2'), ASKED));
      value(await outbox.enrol({ enrolmentId: 'enrolment-b' as EnrolmentId, token: 't' }, STORE));
      expect(value(await outbox.settle(begun, '{}')).sequence).toBe(1);
    });
  });

  describe(`${where}: visits broken off`, () => {
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
      value(await outbox.releaseSafe(1, clock.now()));
      value(await outbox.settle(entry, '{"whole":true}'));
      expect(idsOf(value(await outbox.peek(10, NOBODY)))).toEqual(['r1']);
    });
  });

  describe(`${where}: what the tablet remembers`, () => {
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

  describe(`${where}: what a touch writes in one round trip`, () => {
    it('counts on from its own last answer', async () => {
      value(await outbox.enrol(ENROLMENT, STORE));
      for (const [index, name] of ['r1', 'r2', 'r3'].entries())
        expect((await settled(name)).sequence).toBe(index + 1);
      expect(value(await outbox.peek(10, NOBODY)).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    });

    it('counts on from an answer of which it never heard that it was kept', async () => {
      let isDeaf = false;
      const opened = open;
      open = () => deaf(opened(), () => isDeaf);
      outbox.close();
      outbox = anOutbox();
      await settled('r1');
      isDeaf = true;
      const unheard = outbox.enqueue(anEntry('r2'), ASKED);
      await clock.advance(STORAGE_LIMIT_MS);
      expect(await unheard).toEqual({ ok: false, error: { kind: 'hung' } });
      isDeaf = false;
      expect((await settled('r3')).sequence).toBe(3);
    });

    it('counts on from what another page of the tablet has written meanwhile', async () => {
      const theirs = { bootId: 'boot-b' as BootId };
      expect(value(await outbox.enqueue(anEntry('r1'), ASKED)).sequence).toBe(1);
      const other = anOutbox();
      isAlone = false;
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
}

/** A database that keeps what a touch writes, and never says so. */
function deaf(store: EntryStore, isDeaf: () => boolean): EntryStore {
  const { atOnce } = store;
  store.atOnce = async (...asked) => {
    await atOnce.call(store, ...asked);
    if (isDeaf()) await new Promise<never>(() => undefined);
  };
  return store;
}
