import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SYSTEM_CLOCK } from '../clock.ts';
import { seededRandom } from '../demo/random.ts';
import { openStore } from '../store/open-store.ts';
import { createTestDatabase, type TestDatabase } from '../store/test-postgres.ts';
import { TEST_ENGINE } from '../store/test-store.ts';
import { freePort, holdProcess } from '../test-process.ts';
import { enrolPushingTablets, heldOf, pause, untilMore } from './pushing-tablet.ts';

/** Invariants 1 and 2: what was acknowledged is there after a SIGKILL at any instant, and there once. */
const NIGHTLY_KILLS = TEST_ENGINE === 'postgres' ? 50 : 2_000;
const IS_NIGHT = process.env['PARVIS_NIGHTLY'] === '1';
const KILLS = Number(process.env['SERVER_KILLS'] ?? (IS_NIGHT ? NIGHTLY_KILLS : 20));
/** What the server has acknowledged between two kills. */
const AT_LEAST_PER_KILL = IS_NIGHT ? 2_000 : 1;
const TABLETS = 8;
const ENTRIES_PER_PUSH = 50;
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

it(`T3 loses nothing acknowledged and counts nothing twice over ${KILLS} kills under load`, {
  timeout: 300_000 + KILLS * 15_000,
}, async ({ task }) => {
  const port = await freePort();
  const env = { DATA_DIR: dataDir, PORT: String(port), PRINT_LINKS: 'no', DATABASE_URL: database?.url ?? '' };
  let next = holdProcess(env);
  let server = await next.start();
  next = holdProcess(env);
  const tablets = await enrolPushingTablets(await openOwnStore(), {
    origin: `http://127.0.0.1:${port}`,
    count: TABLETS,
    perPush: ENTRIES_PER_PUSH,
  });
  let isOver = false;
  const pushing = tablets.map(async (tablet) => tablet.pushUntil(() => isOver));

  for (let kill = 0; kill < KILLS; kill += 1) {
    await untilMore(tablets, AT_LEAST_PER_KILL);
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

  const held = await heldOf(await openOwnStore(), tablets);
  expect(held).toMatchObject({ lost: 0, twice: 0, quarantined: 0 });
  expect(held.marks).toBe(held.acknowledged);
  const resent = tablets.reduce((sum, tablet) => sum + tablet.resent, 0);
  task.meta.figures = { kills: KILLS, submitted: held.acknowledged + resent, resent, ...held };
});
