import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createKeptBrowser, type KeptBrowser } from './chromium.ts';
import { CORRUPTIONS, databaseFolders, EVICTIONS, evict } from './damaged-profile.ts';
import { type KioskPage, kioskOn, openEnrolledKiosk, openKiosk } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';

/*
 * Whatever destroys a tablet's storage, the number of answers that are gone stands on the server with its next sign of life, exactly, and the
 * tablet collects again within ten seconds. The browser is real, and so is the damage.
 */

const IS_NIGHTLY = process.env['PARVIS_NIGHTLY'] === '1';
const ENGINES = { LevelDB: [], SQLite: ['--enable-features=IdbSqliteBackingStore'] } as const;
type Engine = keyof typeof ENGINES;

/** One of each family; the others wait for the night. */
const IN_EVERY_RUN: readonly string[] = [
  'SQLite: its index or header is garbage',
  'all storage of the page is evicted',
];

const SENT_BEFORE = 2;
const GIVEN_OFFLINE = IS_NIGHTLY ? 4 : 2;
const GIVEN = SENT_BEFORE + GIVEN_OFFLINE;
const COLLECTS_WITHIN_MS = 10_000;
/** A heartbeat comes after a minute and a half at the latest. */
const HEARTBEAT_MS = 90_000;
/** The witness follows a touch by a second; a busy machine takes longer. */
const WITNESSED_MS = 2_500;

let server: TestServer;
let tablet: KeptBrowser;

beforeAll(async () => {
  server = await startServer();
});
afterEach(async () => tablet?.dispose());
afterAll(async () => server?.dispose());

interface Known {
  readonly enrolmentId: string;
  readonly arrived: number;
  readonly lost: number;
  readonly causes: readonly string[];
  readonly epoch: number;
  readonly highWaterMark: number;
}

/** What the server knows of the tablet that was enrolled last. */
function known(): Known {
  const database = new Database(join(server.dataDir, 'parvis.sqlite'), { readonly: true });
  try {
    const { enrolmentId, highWaterMark, report } = database
      .prepare<[], { enrolmentId: string; highWaterMark: number; report: string }>(
        `select enrolment_id as enrolmentId, high_water_mark as highWaterMark, report
           from enrolments order by enrolled_at desc limit 1`,
      )
      .get() ?? { enrolmentId: '', highWaterMark: 0, report: '{}' };
    const runs = database
      .prepare<[string], { first: number; last: number; cause: string }>(
        'select first_sequence as first, last_sequence as last, cause from known_losses where enrolment_id = ?',
      )
      .all(enrolmentId);
    const { arrived } = database
      .prepare<[string], { arrived: number }>(
        'select count(*) as arrived from responses where enrolment_id = ?',
      )
      .get(enrolmentId) ?? { arrived: 0 };
    return {
      enrolmentId,
      arrived,
      highWaterMark,
      lost: runs.reduce((sum, { first, last }) => sum + last - first + 1, 0),
      causes: [...new Set(runs.map(({ cause }) => cause))],
      epoch: (JSON.parse(report) as { epoch?: number }).epoch ?? 1,
    };
  } finally {
    database.close();
  }
}

async function giveAnswers(kiosk: KioskPage, count: number): Promise<void> {
  const codes = ['very-satisfied', 'fairly-satisfied', 'fairly-dissatisfied'];
  for (let given = 0; given < count; given += 1) {
    await kiosk.see('attract');
    await kiosk.touchFace(codes[given % codes.length] ?? '');
    await kiosk.touch('Terminer');
    await kiosk.see('thanks');
    await kiosk.touch('Revenir au début');
  }
  await kiosk.see('attract');
}

/** A tablet that has sent some answers, and holds others that nobody else has. */
async function fill(engine: Engine): Promise<BrowserContext> {
  tablet = await createKeptBrowser(ENGINES[engine]);
  const context = await tablet.open();
  const [page, { url }] = await Promise.all([context.newPage(), server.createEnrolment()]);
  await page.goto(url);
  const kiosk = kioskOn(page, server.origin);
  await giveAnswers(kiosk, SENT_BEFORE);
  await kiosk.beReadyOffline();
  await expect.poll(() => known().arrived, { timeout: HEARTBEAT_MS }).toBe(SENT_BEFORE);
  await context.setOffline(true);
  await giveAnswers(kiosk, GIVEN_OFFLINE);
  await new Promise((resolve) => setTimeout(resolve, WITNESSED_MS));
  return context;
}

/** Starts the tablet again and gives one more answer, as soon as it takes one. */
async function goOn(): Promise<{ readonly kiosk: KioskPage; readonly tookMs: number }> {
  const context = await tablet.open();
  const startedAt = performance.now();
  const kiosk = await openKiosk(context, server.origin);
  await kiosk.see('attract', COLLECTS_WITHIN_MS * 3);
  const tookMs = performance.now() - startedAt;
  return { kiosk, tookMs };
}

async function expectKnown(expected: Partial<Known>): Promise<Known> {
  // Everything given before is either there or known to be lost, and nothing is both.
  await expect
    .poll(() => known().arrived + known().lost, { timeout: HEARTBEAT_MS, interval: 250 })
    .toBeGreaterThanOrEqual(GIVEN);
  const told = known();
  expect(told).toMatchObject({ ...expected, arrived: GIVEN - told.lost });
  return told;
}

async function expectToCountOn(kiosk: KioskPage, told: Known): Promise<void> {
  await giveAnswers(kiosk, 1);
  await expect.poll(() => known().arrived, { timeout: HEARTBEAT_MS }).toBe(told.arrived + 1);
  // The next number, after all that was ever given: no gap, no number twice.
  expect(known()).toMatchObject({ lost: told.lost, highWaterMark: GIVEN + 1 });
  expect(sharedSigns(told.enrolmentId)).toBe(0);
}

function sharedSigns(enrolmentId: string): number {
  const database = new Database(join(server.dataDir, 'parvis.sqlite'), { readonly: true });
  try {
    const row = database
      .prepare<[string], { taken: number }>(
        'select taken_sequences as taken from shared_enrolments where enrolment_id = ?',
      )
      .get(enrolmentId);
    return row?.taken ?? 0;
  } finally {
    database.close();
  }
}

const everyCorruption = (Object.keys(ENGINES) as Engine[]).flatMap((engine) =>
  Object.entries(CORRUPTIONS).map(([what, damage]) => ({ name: `${engine}: ${what}`, engine, damage })),
);
const everyEviction = Object.entries(EVICTIONS).map(([name, folders]) => ({ name, folders }));

function ofThisRun<Scenario extends { readonly name: string }>(scenarios: readonly Scenario[]): Scenario[] {
  return scenarios.filter(({ name }) => IS_NIGHTLY || IN_EVERY_RUN.includes(name));
}

function note(name: string, { lost, causes }: Known, tookMs: number): void {
  const figure = `${lost} of ${GIVEN} lost${lost > 0 ? ` (${causes.join()})` : ''}`;
  process.stdout.write(`${name}: ${figure}, collects after ${Math.round(tookMs)} ms\n`);
}

function figuresOf({ arrived, lost }: Known, tookMs: number): Readonly<Record<string, number>> {
  return { scenarios: 1, exact: arrived + lost === GIVEN ? 1 : 0, lost, collectsAgainMs: Math.round(tookMs) };
}

describe('what is lost is known exactly, and the tablet goes on, when a database is damaged', () => {
  it.for(ofThisRun(everyCorruption))('T7 $name', async ({ name, engine, damage }, { task }) => {
    await fill(engine);
    tablet.kill();
    for (const folder of databaseFolders(tablet.profileDir)) damage(folder);
    const { kiosk, tookMs } = await goOn();
    const told = await expectKnown({});
    note(name, told, tookMs);
    task.meta.figures = figuresOf(told, tookMs);
    expect(tookMs).toBeLessThan(COLLECTS_WITHIN_MS);
    expect(told.lost).toBeLessThanOrEqual(GIVEN_OFFLINE);
    expect(told.epoch).toBeGreaterThan(told.lost > 0 ? 1 : 0);
    await expectToCountOn(kiosk, told);
  });
});

describe('what is lost is known exactly, and the tablet goes on, when', () => {
  it.for(ofThisRun(everyEviction))('T8 $name', async ({ name, folders }, { task }) => {
    const context = await fill('LevelDB');
    // Storage is taken between two starts: the tablet was shut down as usual.
    await context.close();
    evict(tablet.profileDir, folders);
    const { kiosk, tookMs } = await goOn();
    const isGone = folders.includes('IndexedDB');
    const told = await expectKnown({ lost: isGone ? GIVEN_OFFLINE : 0, epoch: isGone ? 2 : 1 });
    note(name, told, tookMs);
    task.meta.figures = figuresOf(told, tookMs);
    expect(tookMs).toBeLessThan(COLLECTS_WITHIN_MS);
    await expectToCountOn(kiosk, told);
  });
});

it.runIf(IS_NIGHTLY)(
  'counts the answers of two tablets made from one image, and says that they share an enrolment',
  async () => {
    tablet = await createKeptBrowser();
    const enrolling = await tablet.open();
    const first = await openEnrolledKiosk(enrolling, server);
    await giveAnswers(first, 1);
    await expect.poll(() => known().arrived, { timeout: HEARTBEAT_MS }).toBe(1);
    await enrolling.close();
    const copy = await createKeptBrowser();
    try {
      cpSync(tablet.profileDir, copy.profileDir, { recursive: true });
      for (const one of [tablet, copy]) {
        const context = await one.open();
        await giveAnswers(await openKiosk(context, server.origin), 2);
      }
      await expect.poll(() => known().arrived, { timeout: HEARTBEAT_MS }).toBe(5);
      expect(sharedSigns(known().enrolmentId)).toBeGreaterThanOrEqual(1);
      expect(known().lost).toBe(0);
    } finally {
      await copy.dispose();
    }
  },
);
