import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Entry, PushReply } from '../../protocol/push.ts';
import { SYSTEM_CLOCK } from '../clock.ts';
import { seededRandom } from '../demo/random.ts';
import { openPostgresStore } from '../store/open-postgres-store.ts';
import type { Store } from '../store/store.ts';
import { createTestDatabase, type TestDatabase } from '../store/test-postgres.ts';
import { type ServerProcess, startProcess } from '../test-process.ts';
import { anEntry, aPush } from './a-push.ts';
import { enrolAtTownHall } from './enrol-over-http.ts';
import { recount } from './recount.ts';

/** Invariants 1 and 2, of several server processes on one PostgreSQL. */
const SERVERS = 3;
const TABLETS = 4;
const ROUNDS = process.env['PARVIS_NIGHTLY'] === '1' ? 60 : 8;
const ENTRIES = 25;
const random = seededRandom(3);

interface Tablet {
  readonly token: string;
  readonly entries: Entry[];
}

let database: TestDatabase;
let folder: string;
let store: Store;
let servers: ServerProcess[];
beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'parvis-several-'));
  const env = { DATABASE_URL: database.url, DATA_DIR: join(folder, 'not-made-yet'), PRINT_LINKS: 'no' };
  // The first makes the keys all of them share; the others start at once, on tables it may still be making.
  const first = startProcess(env);
  servers = [await first, ...(await Promise.all([startProcess(env), startProcess(env)]))];
  store = await openPostgresStore(database.url, SYSTEM_CLOCK);
});
afterAll(async () => {
  for (const { child, ended } of servers) {
    child.kill('SIGKILL');
    await ended;
  }
  await store.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const originOf = (index: number): string => servers[index % SERVERS]?.origin ?? '';

async function enrol(index: number): Promise<Tablet> {
  return { token: (await enrolAtTownHall(store, originOf(index))).token, entries: [] };
}

async function push(origin: string, { token }: Tablet, entries: readonly Entry[]): Promise<PushReply> {
  const reply = await fetch(`${origin}/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(aPush(entries, { sentAt: new Date().toISOString() })),
  });
  if (reply.status !== 201) throw new Error(`${reply.status}: ${await reply.text()}`);
  return (await reply.json()) as PushReply;
}

const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);

it(`${SERVERS} processes that are given the same answers at once count each of them once`, async () => {
  const tablets = await Promise.all(Array.from({ length: TABLETS }, (_, index) => enrol(index)));
  let accepted = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const replies = await Promise.all(
      tablets.flatMap((tablet, index) => {
        const before = tablet.entries.length;
        for (let one = 1; one <= ENTRIES; one += 1) tablet.entries.push(anEntry(before + one));
        const fresh = tablet.entries.slice(before);
        // Half the tablets spread theirs: each server is given a part nobody else has, and the marks must come to the whole.
        if (index % 2 === 0)
          return servers.map(async ({ origin }, part) =>
            push(
              origin,
              tablet,
              fresh.filter((_, place) => place % SERVERS === part),
            ),
          );
        // The others give the same to every server, each in an order of its own, with something older among it; and to a neighbour, whose
        // enrolment then brings answers it does not own, as a cloned image would.
        const neighbour = tablets[(index + 2) % TABLETS] ?? tablet;
        return [
          ...servers.map(async ({ origin }) => push(origin, tablet, shuffled(fresh))),
          push(originOf(round), tablet, shuffled(tablet.entries).slice(0, ENTRIES)),
          push(originOf(round + index), neighbour, fresh.slice(0, 3)),
        ];
      }),
    );
    for (const { verdicts } of replies)
      for (const { verdict } of verdicts) {
        expect(['accepted', 'duplicate']).toContain(verdict);
        if (verdict === 'accepted') accepted += 1;
      }
  }

  const given = TABLETS * ROUNDS * ENTRIES;
  expect(accepted).toBe(given);
  expect(await store.db.selectFrom('responses').select('response_id').execute()).toHaveLength(given);
  expect(await recount(store, false)).toMatchObject({ responses: given, differences: [] });
  const marks = await store.db.selectFrom('enrolments').select('high_water_mark').execute();
  expect(marks.map((row) => row.high_water_mark)).toEqual(tablets.map(() => ROUNDS * ENTRIES));
  expect(await store.db.selectFrom('quarantine').selectAll().execute()).toEqual([]);
});

it('what one process changes holds in the others from the next request on', async () => {
  const tablet = await enrol(0);
  await push(originOf(0), tablet, [anEntry(1)]);
  await push(originOf(1), tablet, [anEntry(2)]);
  await store.db
    .updateTable('enrolments')
    .set({ revoked_at: new Date().toISOString() })
    .where('enrolment_id', '=', tablet.token.split('.').at(-2) ?? '')
    .execute();
  for (const { origin } of servers) await expect(push(origin, tablet, [anEntry(3)])).rejects.toThrow(/403/);
});
