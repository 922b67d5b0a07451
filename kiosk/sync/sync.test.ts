import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BootId, EnrolmentId, ResponseId, StoreId } from '../../domain/ids.ts';
import type { DeviceReport } from '../../protocol/device-report.ts';
import { createManualClock, settleTurns } from '../manual-clock.ts';
import { createOutbox } from '../outbox/create-outbox.ts';
import { OutboxDatabase } from '../outbox/database.ts';
import type { KnownStore } from '../outbox/outbox.ts';
import { createWitness } from '../outbox/witness.ts';
import { anAssignment } from '../visit/staged-kiosk.ts';
import { type RoundOutcome, pushRound } from './push-round.ts';
import { NETWORK_FAULTS, type NetworkFault, type ServerModel, createServerModel } from './server-model.ts';
import { REQUEST_LIMIT_MS, askOver } from './server-port.ts';
import { type SyncLoop, startSyncLoop } from './sync-loop.ts';

const ENROLMENT = { enrolmentId: '00000000-0000-4000-8000-0000000000ee' as EnrolmentId, token: 'secret' };
const REPORT: DeviceReport = {
  appVersion: 'test',
  outboxDepth: 0,
  oldestEntryAt: null,
  retainedCount: 0,
  storagePersisted: null,
  storageUsedBytes: null,
  storageQuotaBytes: null,
  lastError: null,
};
const MINUTE_MS = 60_000;

let clock: ReturnType<typeof createManualClock>;
let outbox: ReturnType<typeof createOutbox>;
let server: ServerModel;
let store: KnownStore | null;
let loop: SyncLoop | null;
let connection: string;
let errors: string[];
let isTouched: boolean;

beforeEach(async () => {
  clock = createManualClock();
  const source = { indexedDB: new IDBFactory(), IDBKeyRange };
  const open = () => new OutboxDatabase(source);
  outbox = clock.waitsFor(createOutbox({ open, witness: createWitness(null), clock, isAlone: () => true }));
  server = createServerModel(anAssignment(), clock);
  store = { storeId: '00000000-0000-4000-8000-000000000001' as StoreId, highWaterMark: 0 };
  await outbox.enrol(ENROLMENT, store);
  loop = null;
  connection = 'unknown';
  errors = [];
  isTouched = false;
});
afterEach(() => {
  loop?.stop();
  outbox.close();
});

const randomness = {
  number: () => 0.5,
  bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
};

async function settle(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const body = JSON.stringify({ says: name });
    await outbox.enqueue(
      {
        responseId: name as ResponseId,
        createdAt: '2026-11-24T09:30:00.000Z',
        body,
        bootId: 'b' as BootId,
        state: 'pending',
      },
      { day: '2026-11-24', counts: {} },
    );
  }
}

function ports() {
  return {
    ask: askOver(server.fetch, clock),
    outbox,
    clock,
    randomness,
    report: async () => REPORT,
  };
}

async function round(limit = 100): Promise<RoundOutcome> {
  const running = pushRound(ports(), { token: 'secret', store, limit, setAside: new Set() });
  await clock.advance(REQUEST_LIMIT_MS);
  const outcome = await running;
  if (outcome.kind === 'acknowledged') store = outcome.store;
  return outcome;
}

function startLoop(random: () => number = () => 0.5): SyncLoop {
  loop = startSyncLoop({
    ...ports(),
    randomness: { ...randomness, number: random },
    place: () => ({ enrolment: ENROLMENT, store }),
    isQuiet: () => !isTouched,
    onRound: async () => undefined,
    async onReply(_reply, known) {
      store = known;
    },
    onConnection(state) {
      connection = state;
    },
    onError: (code) => void errors.push(code),
    onStorageFailed: () => void errors.push('storage'),
  });
  return loop;
}

async function waiting(): Promise<number> {
  const status = await outbox.status();
  return status.ok ? status.value.waiting : -1;
}

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => `r${String(index).padStart(4, '0')}`);
const pushes = () => server.requests.filter(({ line }) => line === 'POST /api/v1/push');

describe('a round', () => {
  it('lets go of what got a verdict, each by name', async () => {
    await settle('a', 'b');
    expect(await round()).toMatchObject({ kind: 'acknowledged', sent: 2, judged: 2 });
    expect([...server.bodies]).toEqual([
      ['a', '{"says":"a"}'],
      ['b', '{"says":"b"}'],
    ]);
    expect(await waiting()).toBe(0);
  });

  it.each([
    { limit: 3, outboxDepth: 0, oldestEntryAt: null },
    { limit: 2, outboxDepth: 1, oldestEntryAt: '2026-11-24T09:30:00.000Z' },
  ])('reports what waits beside the $limit of three answers it brings', async ({ limit, ...left }) => {
    await settle('a', 'b', 'c');
    const told: unknown[] = [];
    const { ask, ...rest } = ports();
    const running = pushRound(
      {
        ...rest,
        report: async () => ({ ...REPORT, outboxDepth: 3, oldestEntryAt: '2026-11-24T09:30:00.000Z' }),
        ask: (question) => {
          told.push(JSON.parse(question.body ?? '{}').report);
          return ask(question);
        },
      },
      { token: 'secret', store, limit, setAside: new Set() },
    );
    await clock.advance(REQUEST_LIMIT_MS);
    await running;
    expect(told).toEqual([{ ...REPORT, ...left }]);
  });

  const BELIEVED: Record<NetworkFault, RoundOutcome['kind']> = {
    requestLost: 'unreached',
    replyLost: 'unreached',
    silence: 'unreached',
    html200: 'unreached',
    html201: 'unreached',
    noContent: 'unreached',
    created200: 'unreached',
    wrongBatch: 'unreached',
    truncated: 'unreached',
    missingVerdict: 'acknowledged',
    strangeVerdict: 'unreached',
    internalError: 'unreached',
    noQuestionnaire: 'batchRefused',
    tokenRefused: 'tokenRefused',
    notUnderstood: 'unreached',
    overloaded: 'unreached',
    forbiddenByProxy: 'batchRefused',
    redirected: 'unreached',
  };

  it.each(NETWORK_FAULTS)('keeps everything that has no verdict of its own: %s', async (fault) => {
    await settle('a', 'b');
    server.fail(fault);
    expect((await round()).kind).toBe(BELIEVED[fault]);
    expect(await waiting()).toBe(fault === 'missingVerdict' ? 1 : 2);
    await round();
    expect(await waiting()).toBe(0);
    expect([...server.bodies.keys()]).toEqual(['a', 'b']);
    expect(server.quarantine).toEqual([]);
  });

  it('is a sign of life when nothing waits', async () => {
    expect(await round()).toMatchObject({ kind: 'acknowledged', sent: 0 });
    expect(pushes()).toEqual([{ line: 'POST /api/v1/push', entries: 0 }]);
  });

  it('offers again what a restored server has lost, and counts nothing twice', async () => {
    await settle('a');
    await round();
    server.takeBackup();
    await settle('b', 'c');
    await round();
    server.restoreBackup();
    expect([...server.bodies.keys()]).toEqual(['a']);
    await settle('d');
    expect(await round()).toMatchObject({ kind: 'acknowledged', reoffered: 2, judged: 1 });
    await round();
    expect([...server.bodies.keys()].toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(server.quarantine).toEqual([]);
  });

  it('deletes what a backup holds, and keeps the rest', async () => {
    await settle('a', 'b');
    await round();
    server.takeBackup();
    await settle('c');
    await round();
    expect(await outbox.status()).toEqual({ ok: true, value: { waiting: 0, oldestAt: null, retained: 1 } });
  });

  it('stays under the size of a push without being told', async () => {
    const body = JSON.stringify({ words: 'x'.repeat(5_000) });
    for (const name of many(100))
      await outbox.enqueue(
        {
          responseId: name as ResponseId,
          createdAt: '2026-11-24T09:30:00.000Z',
          body,
          bootId: 'b' as BootId,
          state: 'pending',
        },
        { day: '2026-11-24', counts: {} },
      );
    const outcome = await round();
    expect(outcome).toMatchObject({ kind: 'acknowledged' });
    expect(outcome.kind === 'acknowledged' && outcome.sent).toBeLessThan(53);
    expect(outcome.kind === 'acknowledged' && outcome.sent).toBeGreaterThan(40);
  });
});

describe('the loop', () => {
  it('drains a day of answers in one go', async () => {
    await settle(...many(250));
    startLoop();
    await clock.advance(1_000);
    expect(await waiting()).toBe(0);
    expect(pushes().map(({ entries }) => entries)).toEqual([100, 100, 50]);
    expect(connection).toBe('reached');
  });

  it('gives a sign of life every minute, give or take a half', async () => {
    let turn = 0;
    startLoop(() => (turn++ % 2 === 0 ? 0 : 0.999));
    await clock.advance(MINUTE_MS * 10);
    expect(pushes().length).toBeGreaterThanOrEqual(9);
    expect(pushes().length).toBeLessThanOrEqual(12);
  });

  it('pushes within two seconds of an answer', async () => {
    startLoop();
    await clock.advance(1_000);
    await settle('a');
    loop?.entrySettled();
    await clock.advance(2_000);
    expect([...server.bodies.keys()]).toEqual(['a']);
  });

  it('lets the finger go first, though not for ever', async () => {
    startLoop();
    await clock.advance(1_000);
    await settle('a');
    isTouched = true;
    loop?.entrySettled();
    await clock.advance(15_000);
    expect(server.bodies.size).toBe(0);
    await clock.advance(10_000);
    expect([...server.bodies.keys()]).toEqual(['a']);
    await settle('b');
    loop?.entrySettled();
    await clock.advance(5_000);
    expect(server.bodies.size).toBe(1);
    isTouched = false;
    await clock.advance(500);
    expect([...server.bodies.keys()]).toEqual(['a', 'b']);
  });

  it('finds the one entry that the server refuses, and lets no other wait for it', async () => {
    await settle(...many(100));
    server.poison.add('r0042');
    startLoop();
    await clock.advance(5 * MINUTE_MS);
    expect(server.bodies.size).toBe(99);
    expect(await waiting()).toBe(1);
    expect(errors).toEqual(['entry-refused-400']);
    server.poison.clear();
    await clock.advance(40 * MINUTE_MS);
    expect(server.bodies.size).toBe(100);
  });

  it('halves its batches where they are too large', async () => {
    await settle(...many(60));
    server.maxEntries = 10;
    startLoop();
    await clock.advance(5 * MINUTE_MS);
    expect(server.bodies.size).toBe(60);
    expect(errors).toEqual([]);
  });

  it('does not storm a server that refuses everything', async () => {
    await settle(...many(300));
    startLoop();
    server.failAlways('forbiddenByProxy');
    await clock.advance(60 * MINUTE_MS);
    expect(pushes().length).toBeLessThan(60);
    server.failAlways(null);
    await clock.advance(30 * MINUTE_MS);
    expect(server.bodies.size).toBe(300);
  });

  it('waits as long as the server asks, and then some', async () => {
    await settle('a');
    server.retryAfter = '600';
    server.fail('overloaded');
    startLoop();
    await clock.advance(0);
    loop?.networkMayBeBack();
    loop?.entrySettled();
    await clock.advance(600_000);
    expect(pushes()).toHaveLength(1);
    await clock.advance(2_000);
    expect([...server.bodies.keys()]).toEqual(['a']);
  });

  it('backs off while the server is away, and comes back soon after the network may be back', async () => {
    await settle('a');
    server.failAlways('requestLost');
    startLoop();
    await clock.advance(60 * MINUTE_MS);
    const tries = pushes().length;
    expect(tries).toBeLessThan(40);
    expect(connection).toBe('unreached');
    await settle('b');
    loop?.entrySettled();
    await clock.advance(2_000);
    expect(pushes().length - tries).toBeLessThanOrEqual(1);
    server.failAlways(null);
    loop?.networkMayBeBack();
    await clock.advance(5_000);
    expect([...server.bodies.keys()]).toEqual(['a', 'b']);
    expect(connection).toBe('reached');
  });

  it('goes on collecting when its token is refused, and asks again at a slow pace', async () => {
    await settle('a');
    server.isTokenGood = false;
    startLoop();
    await clock.advance(60 * MINUTE_MS);
    expect(connection).toBe('revoked');
    expect(pushes().length).toBeLessThan(20);
    expect(await waiting()).toBe(1);
    server.isTokenGood = true;
    await clock.advance(10 * MINUTE_MS);
    expect([...server.bodies.keys()]).toEqual(['a']);
  });

  it('does not ask in a tight circle for a verdict that does not come', async () => {
    await settle('a');
    server.failAlways('missingVerdict');
    startLoop();
    await clock.advance(5 * MINUTE_MS);
    expect(pushes().length).toBeLessThan(12);
    expect(await waiting()).toBe(1);
  });

  it('is quiet once stopped', async () => {
    startLoop();
    await clock.advance(1_000);
    loop?.stop();
    const before = pushes().length;
    await clock.advance(10 * MINUTE_MS);
    await settleTurns();
    expect(pushes()).toHaveLength(before);
  });
});
