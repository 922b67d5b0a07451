import { createServer } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Entry, PushReply } from '../../protocol/push.ts';
import { SYSTEM_CLOCK } from '../clock.ts';
import { seededRandom } from '../demo/random.ts';
import { createEnrolmentCode } from '../enrolment/codes.ts';
import { openStore } from '../store/open-store.ts';
import { createTestDatabase, type TestDatabase } from '../store/test-postgres.ts';
import { TEST_ENGINE } from '../store/test-store.ts';
import { holdProcess } from '../test-process.ts';
import { anEntry, aPush, aReport } from './a-push.ts';
import { recount } from './recount.ts';
import type { OrganisationId, PointId } from '../../domain/ids.ts';

/** Invariants 1 and 2: what was acknowledged is there after a SIGKILL at any instant, and there once. */
const NIGHTLY_KILLS = TEST_ENGINE === 'postgres' ? 50 : 200;
const KILLS = process.env['PARVIS_NIGHTLY'] === '1' ? NIGHTLY_KILLS : 50;
const TABLETS = 6;
const ENTRIES_PER_PUSH = 20;
const random = seededRandom(50);

let dataDir = '';
let database: TestDatabase | null = null;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'parvis-killed-'));
  if (TEST_ENGINE === 'postgres') database = await createTestDatabase();
});
afterAll(async () => {
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const openOwnStore = async () => openStore({ dataDir, databaseUrl: database?.url ?? null }, SYSTEM_CLOCK);

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A tablet that offers the same entries until they are acknowledged, then the next. */
class Tablet {
  readonly #origin: string;
  readonly #token: string;
  readonly acknowledged: Entry[] = [];
  #sequence = 0;

  constructor(origin: string, token: string) {
    this.#origin = origin;
    this.#token = token;
  }

  async pushUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const entries = Array.from({ length: ENTRIES_PER_PUSH }, () => anEntry((this.#sequence += 1)));
      // What has been begun is finished, or the count of entries could not be known.
      while (!(await this.#offer(entries))) await pause(15);
    }
  }

  async #offer(entries: readonly Entry[]): Promise<boolean> {
    const reply = await fetch(`${this.#origin}/api/v1/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#token}` },
      body: JSON.stringify(aPush(entries, { sentAt: new Date().toISOString() })),
    })
      .then(async (answer) => (answer.status === 201 ? ((await answer.json()) as PushReply) : null))
      .catch((error: unknown) => {
        if (error instanceof TypeError || error instanceof SyntaxError) return null;
        throw error;
      });
    if (reply === null) return false;
    const other = reply.verdicts.find(({ verdict }) => verdict !== 'accepted' && verdict !== 'duplicate');
    if (other !== undefined) throw new Error(`A sound entry was ${other.verdict}: ${other.reason}`);
    this.acknowledged.push(...entries);
    return true;
  }
}

it(`loses nothing acknowledged and counts nothing twice over ${KILLS} kills under load`, {
  timeout: 900_000,
}, async () => {
  const port = await freePort();
  const env = { DATA_DIR: dataDir, PORT: String(port), PRINT_LINKS: 'no', DATABASE_URL: database?.url ?? '' };
  const origin = `http://127.0.0.1:${port}`;
  let next = holdProcess(env);
  let server = await next.start();
  next = holdProcess(env);
  const tablets = await enrolTablets(origin);
  let isOver = false;
  const pushing = tablets.map(async (tablet) => tablet.pushUntil(() => isOver));
  const acknowledgedCount = () => tablets.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);

  for (let kill = 0; kill < KILLS; kill += 1) {
    await untilMore(acknowledgedCount);
    await pause(random() * 40);
    server.child.kill('SIGKILL');
    await server.ended;
    server = await next.start();
    next = holdProcess(env);
  }
  isOver = true;
  await Promise.all(pushing);
  server.child.kill('SIGKILL');
  next.child.kill('SIGKILL');
  await server.ended;

  await everythingIsThereOnce(tablets);
});

/** The server must be at work when it is killed. */
async function untilMore(count: () => number): Promise<void> {
  const before = count();
  const deadline = Date.now() + 60_000;
  while (count() === before) {
    if (Date.now() > deadline) throw new Error('Nothing is acknowledged any more.');
    await pause(2);
  }
}

async function enrolTablets(origin: string): Promise<Tablet[]> {
  const store = await openOwnStore();
  const tablets: Tablet[] = [];
  for (let index = 0; index < TABLETS; index += 1) {
    const made = await createEnrolmentCode(store, SYSTEM_CLOCK, {
      organisationId: 'ville-de-libourne' as OrganisationId,
      pointId: 'accueil-hotel-de-ville' as PointId,
    });
    if (!made.ok) throw new Error(made.error.kind);
    const reply = await fetch(`${origin}/api/v1/enrolments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: made.value.linkSecret, report: aReport() }),
    });
    tablets.push(new Tablet(origin, ((await reply.json()) as { token: string }).token));
  }
  await store.close();
  return tablets;
}

async function everythingIsThereOnce(tablets: readonly Tablet[]): Promise<void> {
  const store = await openOwnStore();
  const acknowledged = tablets.flatMap((tablet) => tablet.acknowledged.map((entry) => entry.responseId));
  const stored = await store.db.selectFrom('responses').select('response_id').execute();
  const storedIds = new Set(stored.map((row) => row.response_id));
  expect(acknowledged.filter((id) => !storedIds.has(id))).toEqual([]);
  expect(stored).toHaveLength(acknowledged.length);
  const { responses, differences } = await recount(store, false);
  expect({ responses, differences }).toEqual({ responses: acknowledged.length, differences: [] });
  const marks = await store.db.selectFrom('enrolments').select('high_water_mark').execute();
  expect(marks.reduce((sum, row) => sum + row.high_water_mark, 0)).toBe(acknowledged.length);
  expect(await store.db.selectFrom('quarantine').selectAll().execute()).toEqual([]);
  await store.close();
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
