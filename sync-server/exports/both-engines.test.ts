import { join } from 'node:path';
import { readXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import type { AppDeps } from '../app-deps.ts';
import { createSealingKey, sealingKeysOf } from '../assignment/sealing-keys.ts';
import { readConfig } from '../config.ts';
import { moveToPostgres } from '../store/move-to-postgres.ts';
import { openPostgresStore } from '../store/open-postgres-store.ts';
import { DATABASE_FILE } from '../store/open-sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { createTestDatabase } from '../store/test-postgres.ts';
import { ManualClock, openTestStore } from '../store/test-store.ts';
import type { TestApp } from '../test-app.ts';
import { releaseEveryText } from '../test-moderation.ts';
import { asPerson, type TestPerson } from '../test-person.ts';
import { openReception } from '../test-reception.ts';

const VILLE = 'ville-de-libourne';
const SERVICE = `organisation=${VILLE}&service=accueil-general&period=2026-W47`;
const TEXTS = ['=1+1', 'Été, œuvre à l’accueil', 'un "mot" ; deux\nlignes', '😀 مرحبا', '00033'];

const clock = new ManualClock('2026-11-23T09:00:00.000Z');
const opened: (() => Promise<void>)[] = [];
let onSqlite: TestPerson;
let onPostgres: TestPerson;

/** The same answers in a SQLite file and in PostgreSQL, each behind a server of its own. */
beforeAll(async () => {
  const sqlite = await openTestStore(clock, 'sqlite');
  opened.push(sqlite.close);
  const first = await appOn(sqlite, sqlite.folder, null);
  const hall = await openReception(first, VILLE, 'accueil-hotel-de-ville');
  await hall.receive(
    // More than either engine reads at once.
    { day: '2026-11-10', levels: { 'very-satisfied': 2_000, 'very-dissatisfied': 40 } },
    { day: '2026-11-18', levels: { 'very-satisfied': 34, 'fairly-satisfied': 10 }, texts: TEXTS },
    { day: '2026-11-18', levels: { 'very-dissatisfied': 4 }, flags: ['burst'], hour: 15 },
    { day: '2026-11-19', levels: { 'very-dissatisfied': 2 }, flags: ['test-mode'] },
  );
  const desk = await openReception(first, 'ccas-de-libourne', 'accueil-ccas');
  await desk.receive({ day: '2026-11-18', levels: { 'very-satisfied': 6 }, texts: ['au CCAS'] });
  await releaseEveryText(first);
  await hall.receive({ day: '2026-11-18', levels: { 'very-satisfied': 1 }, texts: ['à modérer'] });
  const database = await createTestDatabase();
  opened.unshift(database.drop);
  await moveToPostgres(join(sqlite.folder, DATABASE_FILE), database.url, clock);
  const postgres = await openPostgresStore(database.url, clock);
  opened.unshift(postgres.close);
  const second = await appOn(postgres, sqlite.folder, database.url);
  onSqlite = await asPerson(first);
  onPostgres = await asPerson(second);
});
afterAll(async () => {
  for (const close of opened) await close();
});

async function appOn(store: Store, folder: string, databaseUrl: string | null): Promise<TestApp> {
  const read = readConfig({ DATA_DIR: folder, DATABASE_URL: databaseUrl ?? '', LOG_LEVEL: 'silent' });
  if (!read.ok) throw new Error(read.error.join('\n'));
  const sealingKeys = sealingKeysOf([createSealingKey(clock.now())]);
  const deps: AppDeps = { store, clock, config: read.value, sealingKeys, webRoot: null };
  const app = await createApp(deps);
  opened.unshift(async () => app.close());
  return { app, deps, clock, close: async () => undefined };
}

const fileFrom = async (person: TestPerson, path: string): Promise<Buffer> => {
  const reply = await person.get(`/api/v1/exports/${path}`);
  expect(reply.statusCode, path).toBe(200);
  return reply.rawPayload;
};

const cellsOf = async (workbook: Buffer) =>
  (await readXlsx(workbook)).sheets.map(({ name, rows }) => ({ name, rows }));

describe('from SQLite and from PostgreSQL the same answers leave in the same bytes', () => {
  it.each(['csv', 'xlsx', 'ods', 'json', 'parquet'])('as responses in %s', async (format) => {
    const path = `responses.${format}`;
    const file = await fileFrom(onSqlite, path);
    expect(file.length).toBeGreaterThan(1_000);
    expect((await fileFrom(onPostgres, path)).equals(file)).toBe(true);
  });

  it('as responses in codes, some services, days and channels alone', async () => {
    const path = `responses-codes.csv?services=${VILLE}/accueil-general&from=2026-11-18&to=2026-11-18&channels=tablet`;
    const file = await fileFrom(onSqlite, path);
    expect(file.toString('utf8').split('\r\n')).toHaveLength(51);
    expect((await fileFrom(onPostgres, path)).toString('utf8')).toBe(file.toString('utf8'));
  });

  it.each(['csv', 'xlsx', 'ods', 'json'])('as the views in %s', async (format) => {
    for (const path of [
      `overview.${format}?period=2026-W47`,
      `service.${format}?${SERVICE}`,
      `verbatims.${format}?period=2026-W47`,
    ]) {
      const file = await fileFrom(onSqlite, path);
      expect(file.length, path).toBeGreaterThan(300);
      const other = await fileFrom(onPostgres, path);
      // The writer of these workbooks puts the time of day into them.
      if (format === 'xlsx') expect(await cellsOf(other), path).toEqual(await cellsOf(file));
      else expect(other.equals(file), path).toBe(true);
    }
  });
});
