import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet } from '../test-tablet.ts';
import { anEntry, aPush } from './a-push.ts';
import { recount } from './recount.ts';

let server: TestApp;
beforeAll(async () => {
  server = await openTestApp();
  const tablet = await enrolTablet(server);
  await tablet.push(
    aPush([anEntry(1), anEntry(2, { answeredAt: '2026-11-10T10:00:00.000Z', disposition: 'partial' })]),
  );
});
afterAll(async () => server.close());

it('finds no difference in what ingest has counted', async () => {
  expect(await recount(server.deps.store, false)).toEqual({ responses: 2, tallies: 10, differences: [] });
});

it('names each tally that is wrong, missing or too many, and writes nothing unless told to', async () => {
  const { db } = server.deps.store;
  await db
    .updateTable('tallies')
    .set({ count: 9 })
    .where('grain', '=', 'day')
    .where('code', '=', 'partial')
    .execute();
  await db.deleteFrom('tallies').where('grain', '=', 'week').where('code', '=', 'complete').execute();
  await db.updateTable('late_tallies').set({ code: 'invented' }).where('item_id', '=', 'GLOB').execute();

  const found = (await recount(server.deps.store, false)).differences;
  expect(found.map(({ table, stored, recounted }) => [table, stored, recounted])).toEqual([
    ['tallies', 9, 1],
    ['tallies', 0, 1],
    ['late_tallies', 1, 0],
    ['late_tallies', 0, 1],
  ]);
  expect(found[0]?.key).toContain('service_id=accueil-general');
  expect((await recount(server.deps.store, false)).differences).toHaveLength(4);

  expect((await recount(server.deps.store, true)).differences).toHaveLength(4);
  expect((await recount(server.deps.store, false)).differences).toEqual([]);
});
