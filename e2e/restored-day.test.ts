import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { OrganisationId, PointId } from '../domain/ids.ts';
import { createManualClock } from '../kiosk/manual-clock.ts';
import { createOutbox } from '../kiosk/outbox/create-outbox.ts';
import { OutboxDatabase } from '../kiosk/outbox/database.ts';
import type { Enrolment, KnownStore, Outbox } from '../kiosk/outbox/outbox.ts';
import { createWitness } from '../kiosk/outbox/witness.ts';
import { pushRound } from '../kiosk/sync/push-round.ts';
import { askOver } from '../kiosk/sync/server-port.ts';
import { startSyncLoop } from '../kiosk/sync/sync-loop.ts';
import type { EnrolmentReply } from '../protocol/enrolment.ts';
import { createApp } from '../sync-server/app.ts';
import { openSealingKeys } from '../sync-server/assignment/sealing-keys.ts';
import { noteFinishedBackup } from '../sync-server/backup/note-backup.ts';
import { restoreBackup } from '../sync-server/backup/restore-backup.ts';
import { takeBackup } from '../sync-server/backup/take-backup.ts';
import { type Config, readConfig } from '../sync-server/config.ts';
import { createEnrolmentCode } from '../sync-server/enrolment/codes.ts';
import { anEntry, aReport, sealAsTablet } from '../sync-server/ingest/a-push.ts';
import { recount } from '../sync-server/ingest/recount.ts';
import { openData } from '../sync-server/open-data.ts';
import { eraseResponse } from '../sync-server/retention/erase-response.ts';
import { noteErasure } from '../sync-server/retention/erasure-journal.ts';
import type { Store } from '../sync-server/store/store.ts';

const TABLETS = 50;
/** Answers a tablet takes before the backup, after it, and while there is no server; more by night. */
const ROUNDS = process.env['PARVIS_NIGHTLY'] === '1' ? 12 : 3;
const HOUR_MS = 3_600_000;
/** Fifty tablets take ten seconds of a processor, which many may want. */
vi.setConfig({ testTimeout: 240_000 });
const FIVE_MINUTES_MS = 300_000;
const VILLE = 'ville-de-libourne' as OrganisationId;
const POINTS = ['accueil-hotel-de-ville', 'guichet-etat-civil', 'accueil-mediatheque'];

interface Tablet {
  readonly outbox: Outbox & { close(): void };
  readonly enrolment: Enrolment;
  readonly pointId: string;
  store: KnownStore;
  hasNetwork: boolean;
}

const clock = createManualClock(Date.UTC(2026, 10, 24, 8));
let folder = '';
let config: Config;
/** null while there is none. */
let server: { readonly app: FastifyInstance; readonly store: Store } | null;
let tablets: Tablet[];
let words: Map<string, string>;
let given: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parvis-day-'));
  const read = readConfig({
    DATA_DIR: join(folder, 'data'),
    BACKUP_DIR: join(folder, 'another-disk'),
    LOG_LEVEL: 'silent',
  });
  if (!read.ok) throw new Error(read.error.join());
  config = read.value;
  [server, tablets, words, given] = [null, [], new Map(), []];
});
afterEach(async () => {
  for (const { outbox } of tablets) outbox.close();
  await stopServer();
  rmSync(folder, { recursive: true, force: true });
});

async function startServer(): Promise<void> {
  const store = await openData(config, clock);
  const sealingKeys = openSealingKeys(config.dataDir, clock);
  server = { app: await createApp({ store, clock, config, sealingKeys, webRoot: null }), store };
}

async function stopServer(): Promise<void> {
  await server?.app.close();
  await server?.store.close();
  server = null;
}

function running() {
  if (server === null) throw new Error('There is no server.');
  return server;
}

/** A tablet's network: straight into the real server, while there is one. */
function networkOf(tablet: () => Tablet): typeof fetch {
  return async (path, { method, headers, body } = {}) => {
    if (server === null || !tablet().hasNetwork) throw new TypeError('Failed to fetch');
    const reply = await server.app.inject({
      method: method === 'POST' ? 'POST' : 'GET',
      url: typeof path === 'string' ? path : '',
      headers: headers as Record<string, string>,
      ...(typeof body === 'string' && { payload: body }),
    });
    return new Response(reply.body, {
      status: reply.statusCode,
      headers: reply.headers as Record<string, string>,
    });
  };
}

async function enrol(number: number): Promise<void> {
  const { app, store } = running();
  const pointId = POINTS[number % POINTS.length] ?? '';
  const code = await createEnrolmentCode(store, clock, {
    organisationId: VILLE,
    pointId: pointId as PointId,
  });
  if (!code.ok) throw new Error(code.error.kind);
  const { enrolmentId, token, storeId } = (
    await app.inject({
      method: 'POST',
      url: '/api/v1/enrolments',
      payload: { code: code.value.linkSecret, report: aReport() },
    })
  ).json<EnrolmentReply>();
  const source = { indexedDB: new IDBFactory(), IDBKeyRange };
  const outbox = clock.waitsFor(
    createOutbox({
      open: () => new OutboxDatabase(source),
      witness: createWitness(null),
      clock,
      isAlone: () => true,
    }),
  );
  const known = { storeId, highWaterMark: 0 };
  await outbox.enrol({ enrolmentId, token }, known);
  tablets.push({ outbox, enrolment: { enrolmentId, token }, pointId, store: known, hasNetwork: true });
}

/** One answer, one in five with words, kept as the visit keeps it. */
async function answer(tablet: Tablet, publicKey: string): Promise<void> {
  const { responseId, response } = anEntry(1, {
    pointId: tablet.pointId,
    answeredAt: new Date(clock.now()).toISOString(),
  });
  if (given.length % 5 === 0) {
    words.set(responseId, `Suggestion ${given.length}`);
    response.sealedText = await sealAsTablet(`Suggestion ${given.length}`, responseId, publicKey);
  }
  given.push(responseId);
  const kept = await tablet.outbox.enqueue(
    {
      responseId,
      createdAt: response.answeredAt,
      body: JSON.stringify(response),
      bootId: response.bootId,
      state: 'pending',
    },
    { day: '2026-11-24', counts: {} },
  );
  if (!kept.ok) throw new Error(kept.error.kind);
}

const roundPorts = (tablet: Tablet) => ({
  ask: askOver(clock.waitsFor({ fetcher: networkOf(() => tablet) }).fetcher, clock),
  outbox: tablet.outbox,
  clock,
  randomness: {
    number: () => Math.random(),
    bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
  },
  report: async () => aReport(),
});

/** What the sync loop does a moment after an answer. */
async function push(tablet: Tablet): Promise<void> {
  const outcome = await pushRound(roundPorts(tablet), {
    token: tablet.enrolment.token,
    store: tablet.store,
    limit: 100,
    setAside: new Set(),
  });
  if (outcome.kind === 'acknowledged') tablet.store = outcome.store;
}

async function hours(count: number, publicKey: string): Promise<void> {
  for (let round = 0; round < count; round += 1) {
    await clock.advance(HOUR_MS / count);
    await Promise.all(
      tablets.map(async (tablet) => {
        await answer(tablet, publicKey);
        await push(tablet);
      }),
    );
  }
}

async function backUp(): Promise<string> {
  const { dataDir, backup } = config;
  const finished = await takeBackup({ dataDir, dir: backup.dir, keep: 14, nowMs: clock.now() });
  await noteFinishedBackup(running().store, finished);
  return finished.file;
}

async function erase(responseId: string): Promise<void> {
  noteErasure(config, { organisationId: VILLE, responseId });
  await eraseResponse(running().store, clock, { organisationId: VILLE, responseId });
}

async function statusOf({ outbox }: Tablet) {
  const status = await outbox.status();
  if (!status.ok) throw new Error(status.error.kind);
  return status.value;
}

const column = async (table: 'responses' | 'verbatims' | 'quarantine' | 'tombstones') =>
  (
    await running()
      .store.db.selectFrom(table as 'responses')
      .select('response_id')
      .execute()
  ).map((row) => row.response_id);
const sorted = (ids: Iterable<string>) => [...ids].toSorted();

it('T15 1, 2: fifty tablets bring a server restored from noon every answer of the day, once, within five minutes; what was erased stays erased', async () => {
  await startServer();
  for (let number = 0; number < TABLETS; number += 1) await enrol(number);
  const { publicKey } = openSealingKeys(config.dataDir, clock).current;

  await hours(ROUNDS, publicKey);
  const morning = given.length;
  await erase(given[0] ?? '');
  const noon = await backUp();
  // Some have no network this afternoon: what they take waits, what they sent is still to become safe.
  for (const tablet of tablets.slice(0, 5)) tablet.hasNetwork = false;
  await hours(ROUNDS, publicKey);
  // The others have heard that the morning is safe and keep the afternoon.
  const retained = await Promise.all(tablets.map(async (tablet) => (await statusOf(tablet)).retained));
  expect(retained).toEqual(tablets.map(() => ROUNDS));
  // One the backup holds, one with words that it does not, and one of each that stays.
  const erased = [
    given[0],
    given[5],
    given.findLast((id, at) => at > morning + TABLETS / 2 && words.has(id)),
  ];
  await erase(erased[1] ?? '');
  await erase(erased[2] ?? '');

  await stopServer();
  cpSync(join(config.dataDir, 'sealing-keys.json'), join(folder, 'keys-kept-apart.json'));
  rmSync(config.dataDir, { recursive: true });
  await hours(1, publicKey);

  const restored = await restoreBackup({ file: noon, config, mayReplace: false, clock });
  expect(restored.recount.responses).toBe(morning - 2);
  expect(restored.erased).toBe(2);
  cpSync(join(folder, 'keys-kept-apart.json'), join(config.dataDir, 'sealing-keys.json'));
  await startServer();
  const began = performance.now();
  for (const tablet of tablets) tablet.hasNetwork = true;
  const loops = tablets.map((tablet) =>
    startSyncLoop({
      ...roundPorts(tablet),
      place: () => tablet,
      isQuiet: () => true,
      onRound: async () => undefined,
      onReply: async (_reply, store) => void (tablet.store = store),
      onConnection: () => undefined,
      onError: (code) => expect.unreachable(code),
      onStorageFailed: () => expect.unreachable('storage'),
    }),
  );
  await clock.advance(FIVE_MINUTES_MS);

  const left = given.filter((id) => !erased.includes(id));
  expect(sorted(await column('responses'))).toEqual(sorted(left));
  expect(sorted(await column('verbatims'))).toEqual(sorted(left.filter((id) => words.has(id))));
  expect(await column('quarantine')).toEqual([]);
  expect(sorted(await column('tombstones'))).toEqual(sorted(erased.map(String)));
  expect(await recount(running().store, false)).toMatchObject({ responses: left.length, differences: [] });
  for (const tablet of tablets) expect(await statusOf(tablet)).toMatchObject({ waiting: 0 });
  process.stdout.write(
    `T15: ${given.length} answers of ${TABLETS} tablets, ${morning} before the backup, ${erased.length} erased; ` +
      `restored and complete within 5 simulated minutes: 0 lost, 0 twice (${Math.round(performance.now() - began)} ms)\n`,
  );

  // The next backup holds it all, and tablets may forget.
  await backUp();
  await clock.advance(FIVE_MINUTES_MS / 2);
  for (const loop of loops) loop.stop();
  for (const tablet of tablets) expect(await statusOf(tablet)).toMatchObject({ retained: 0 });
});
