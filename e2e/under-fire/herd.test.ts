import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SYSTEM_CLOCK } from '../../sync-server/clock.ts';
import { compareStored } from '../../sync-server/ingest/compare-stored.ts';
import { enrolAtTownHall } from '../../sync-server/ingest/enrol-over-http.ts';
import { DATABASE_FILE, openSqliteStore } from '../../sync-server/store/open-sqlite-store.ts';
import { freePort, holdProcess } from '../../sync-server/test-process.ts';
import { createSendingTablet, type SendingTablet, type TabletPlace } from './sending-tablet.ts';
import { NO_SERVER, startTimingRelay } from './timing-relay.ts';

/** A whole town comes back at once after an outage, and its server dies in the middle of it. */
const IS_NIGHT = process.env['PARVIS_NIGHTLY'] === '1';
const TABLETS = IS_NIGHT ? 500 : 40;
const ENTRIES = IS_NIGHT ? 200 : 25;
const POLL_MS = IS_NIGHT ? 500 : 50;

let dataDir = '';
const tablets: SendingTablet[] = [];
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'parvis-herd-'));
});
afterAll(() => {
  for (const tablet of tablets) tablet.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function enrol(origin: string): Promise<TabletPlace[]> {
  const store = openSqliteStore(join(dataDir, DATABASE_FILE), SYSTEM_CLOCK);
  const places: TabletPlace[] = [];
  for (let index = 0; index < TABLETS; index += 1) places.push(await enrolAtTownHall(store, origin));
  await store.close();
  return places;
}

/** The kernel's own word on the most memory a process has had. */
function peakMemoryMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024);
}

it(`T13 ${TABLETS} tablets with ${ENTRIES} answers each drain by themselves, their server killed at half`, {
  timeout: 1_800_000,
}, async ({ task }) => {
  const port = await freePort();
  const relay = await startTimingRelay(port);
  const env = { DATA_DIR: dataDir, PORT: String(port), PRINT_LINKS: 'no' };
  const next = holdProcess(env);
  const first = await holdProcess(env).start();
  let [pushed, taken, refused] = [0, 0, 0];
  const timed: typeof fetch = async (address, init) => {
    const { entries } = JSON.parse(init?.body as string) as { entries: unknown[] };
    pushed += entries.length;
    const reply = await fetch(address, init).catch((error: unknown) => {
      // What found no server was not sent.
      const { cause } = error as { cause?: { code?: string } };
      if (cause?.code === NO_SERVER) pushed -= entries.length;
      throw error;
    });
    if (reply.status === 201) taken += 1;
    else refused += 1;
    return reply;
  };
  for (const place of await enrol(first.origin)) {
    const tablet = await createSendingTablet(relay.origin, place, { fetcher: timed, storagePatience: 100 });
    await tablet.answer(ENTRIES);
    tablets.push(tablet);
  }
  const waiting = async () => {
    const told = await Promise.all(tablets.map(async ({ outbox }) => outbox.status()));
    return told.reduce((sum, status) => sum + (status.ok ? status.value.waiting : Number.NaN), 0);
  };
  const all = TABLETS * ENTRIES;
  expect(await waiting()).toBe(all);

  const startedAt = performance.now();
  const loops = tablets.map((tablet) => tablet.startLoop());
  while (taken < TABLETS / 2) await pause(1);
  const firstPeak = peakMemoryMb(first.child.pid);
  first.child.kill('SIGKILL');
  await first.ended;
  const second = await next.start();
  while ((await waiting()) !== 0) await pause(POLL_MS);
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const loop of loops) loop.stop();
  const peakRssMb = Math.max(firstPeak, peakMemoryMb(second.child.pid));
  second.child.kill('SIGKILL');
  await second.ended;

  const store = openSqliteStore(join(dataDir, DATABASE_FILE), SYSTEM_CLOCK);
  const given = new Set(tablets.flatMap((tablet) => [...tablet.given]));
  const { lost, twice } = await compareStored(store, given);
  await store.close();
  expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
  const tookMs = await relay.tookMs();
  await relay.close();
  const p99Ms = tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length * 0.99)] ?? Number.NaN;
  task.meta.figures = {
    tablets: TABLETS,
    entries: all,
    submitted: pushed,
    resent: pushed - all,
    drainSeconds: Math.round(seconds * 10) / 10,
    p99Ms: Math.round(p99Ms),
    peakRssMb,
    refused,
    lost,
    twice,
  };
});
