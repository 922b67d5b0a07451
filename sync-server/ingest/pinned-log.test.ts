import { statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { DATABASE_FILE } from '../store/open-sqlite-store.ts';
import { openTestApp } from '../test-app.ts';
import { asPerson } from '../test-person.ts';
import { acknowledgedBy, enrolPushingTablets, pause, untilMore, sqliteIn } from './pushing-tablet.ts';

/** A reader that stays long keeps the write-ahead log from being written back: it may grow meanwhile, and must not stay so. */
const IS_NIGHT = process.env['PARVIS_NIGHTLY'] === '1';
const PINNED_ENTRIES = IS_NIGHT ? 200_000 : 4_000;
const PINNED_MS = IS_NIGHT ? 60_000 : 0;
const MIB = 1_048_576;
const LIMIT_BYTES = 64 * MIB;
/** Unless it is pinned, the log is begun anew before it has come to this: it is written back from 32 MiB on. */
const PINNED_BYTES = IS_NIGHT ? LIMIT_BYTES : 36 * MIB;
const TABLETS = IS_NIGHT ? 6 : 2;
/** Small pushes touch more pages for each answer: the log grows sooner. */
const ENTRIES_PER_PUSH = IS_NIGHT ? 100 : 10;

it(`T14 takes ${PINNED_ENTRIES} answers and writes its exports while a reader pins the log, which shrinks again`, {
  timeout: 600_000,
}, async ({ task }) => {
  const server = await openTestApp({}, new Date().toISOString());
  const dataDir = server.deps.config.dataDir;
  const path = join(dataDir, DATABASE_FILE);
  const logBytes = () => statSync(`${path}-wal`).size;
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.app.server.address() as AddressInfo;
  const tablets = await enrolPushingTablets(await sqliteIn(dataDir), {
    origin: `http://127.0.0.1:${port}`,
    count: TABLETS,
    perPush: ENTRIES_PER_PUSH,
  });
  const person = await asPerson(server);
  const reader = new Database(path, { readonly: true });
  let isOver = false;
  const pushing = tablets.map(async (tablet) => tablet.pushUntil(() => isOver));
  await untilMore(tablets);

  const begun = performance.now();
  reader.prepare('begin').run();
  const seen = reader.prepare('select count(*) as count from responses').get();
  let exports = 0;
  const isPinnedEnough = () =>
    acknowledgedBy(tablets) >= PINNED_ENTRIES &&
    performance.now() - begun >= PINNED_MS &&
    logBytes() > PINNED_BYTES;
  // Where nothing pinned it, it would never grow so far: the test's own time is up then.
  while (!isPinnedEnough()) {
    const reply = await person.get('/api/v1/exports/overview.csv');
    expect(reply.statusCode).toBe(200);
    exports += 1;
    await pause(100);
  }
  const pinnedBytes = logBytes();
  expect(reader.prepare('select count(*) as count from responses').get()).toEqual(seen);
  reader.prepare('commit').run();
  // The next commits write the log back and begin it anew.
  await untilMore(tablets, TABLETS * ENTRIES_PER_PUSH);
  await expect.poll(logBytes, { timeout: 60_000 }).toBeLessThanOrEqual(LIMIT_BYTES);
  isOver = true;
  await Promise.all(pushing);
  reader.close();

  const tookMs = tablets.flatMap((tablet) => tablet.tookMs).toSorted((a, b) => a - b);
  const refusals = tablets.reduce((sum, tablet) => sum + tablet.refusals.size, 0);
  task.meta.figures = {
    entries: acknowledgedBy(tablets),
    exports,
    pinnedLogMb: Math.round(pinnedBytes / MIB),
    logMb: Math.round(logBytes() / MIB),
    p99Ms: Math.round(tookMs[Math.floor(tookMs.length * 0.99)] ?? Number.NaN),
    refusals,
  };
  expect(refusals).toBe(0);
  await server.close();
});
