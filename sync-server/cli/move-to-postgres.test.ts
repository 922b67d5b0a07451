import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createApp } from '../app.ts';
import { anEntry, aPush, sealAsTablet } from '../ingest/a-push.ts';
import { recount } from '../ingest/recount.ts';
import { wholeScope } from '../people/scope.ts';
import { eraseResponse } from '../retention/erase-response.ts';
import { openPostgresStore } from '../store/open-postgres-store.ts';
import { DATABASE_FILE } from '../store/open-sqlite-store.ts';
import { createTestDatabase, type TestDatabase } from '../store/test-postgres.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { applyThemes } from '../verbatims/apply-themes.ts';
import { changeThemeList } from '../verbatims/change-theme-list.ts';
import { readVerbatims } from '../verbatims/read-verbatims.ts';
import { outsider } from '../verbatims/readers.ts';
import { main } from './move-to-postgres.ts';

let server: TestApp;
let tablet: TestTablet;
let target: TestDatabase;
let out: string;
let err: string;
const entries = Array.from({ length: 130 }, (_, index) => anEntry(index + 1));
beforeAll(async () => {
  server = await openTestApp();
  tablet = await enrolTablet(server);
  const [first] = entries;
  if (first !== undefined)
    first.response.sealedText = await sealAsTablet(
      'Été, « ça va »…',
      first.responseId,
      server.deps.sealingKeys.current.publicKey,
    );
  await tablet.push(aPush(entries.slice(0, 100)));
  await tablet.push(aPush(entries.slice(100)));
  await tablet.push(aPush([{ sequence: 131, nonsense: true }]));
  await eraseResponse(server.deps.store, server.clock, {
    organisationId: 'ville-de-libourne',
    responseId: entries[5]?.responseId ?? '',
  });
  const themes = [{ themeId: 'saison', name: 'La saison', words: ['été'] }];
  await changeThemeList(server.deps, 'ville-de-libourne', { version: 1, themes, by: 'claire' });
  await applyThemes(server.deps.store);
});
afterAll(async () => server.close());
beforeEach(async () => {
  target = await createTestDatabase();
  [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await target.drop();
});

const move = async (words: readonly string[] = ['--to', target.url, '--json']): Promise<number> =>
  main(words, { DATA_DIR: server.deps.config.dataDir });

/** Everything the SQLite database holds, as text. */
function contentOf(folder: string): string {
  const database = new Database(join(folder, DATABASE_FILE), { readonly: true });
  const tables = database
    .prepare<[], string>(
      "select name from pragma_table_list where schema = 'main' and type = 'table' order by 1",
    )
    .pluck()
    .all();
  const content = tables.map((name) => [name, database.prepare(`select * from "${name}"`).all()]);
  database.close();
  return JSON.stringify(content);
}

it('has the database know what it holds, so that nothing is slow in its first minutes', async () => {
  expect(await move()).toBe(0);
  const client = new pg.Client(target.url);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    'select distinct tablename as name from pg_stats where schemaname = $1',
    ['public'],
  );
  await client.end();
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['responses', 'tallies', 'verbatims']));
});

it('carries everything over from a running server, changes nothing there, and counts before it says done', async () => {
  const before = contentOf(server.deps.config.dataDir);
  expect([await move(), err]).toEqual([0, '']);
  expect(JSON.parse(out)).toMatchObject({
    responses: 129,
    differences: 0,
    rows: { responses: 129, verbatims: 1, quarantine: 1, tombstones: 1, verbatim_themes: 1, theme_lists: 1 },
  });
  expect(contentOf(server.deps.config.dataDir)).toBe(before);

  const store = await openPostgresStore(target.url, server.clock);
  const deps = { ...server.deps, store };
  const app = await createApp(deps);
  const other = server.deps.store;
  for (const table of [
    'responses',
    'verbatims',
    'tallies',
    'late_tallies',
    'half_day_tallies',
    'survey_versions',
    'enrolments',
    'staff_codes',
    'theme_lists',
    'verbatim_themes',
  ] as const) {
    const [here, there] = await Promise.all(
      [other, store].map(async ({ db }) =>
        (
          await db
            .selectFrom(table as 'responses')
            .selectAll()
            .execute()
        )
          .map((row) => JSON.stringify(sorted(row)))
          .toSorted(),
      ),
    );
    expect([table, there]).toEqual([table, here]);
  }
  const reader = outsider(wholeScope(['ville-de-libourne']));
  for (const { db } of [other, store])
    expect((await readVerbatims({ db }, reader, { search: 'ETE' }, { after: null, limit: 2 })).length).toBe(
      1,
    );
  expect(store.storeId).not.toBe(other.storeId);
  expect(Buffer.from(store.codeSalt)).toEqual(Buffer.from(other.codeSalt));

  // What was answered meanwhile is on the old database alone; the tablet offers it again to the new one, with what it had sent before.
  await tablet.push(aPush([anEntry(132, {}, undefined)]));
  const offered = [...entries.slice(0, 10), anEntry(133)];
  const reply = await app.inject({
    method: 'POST',
    url: '/api/v1/push',
    headers: { authorization: `Bearer ${tablet.token}`, 'content-type': 'application/json' },
    payload: JSON.stringify(aPush(offered)),
  });
  const verdicts = reply.json<{ verdicts: { verdict: string }[] }>().verdicts.map(({ verdict }) => verdict);
  expect(verdicts).toEqual([
    ...Array<string>(5).fill('duplicate'),
    'erased',
    ...Array<string>(4).fill('duplicate'),
    'accepted',
  ]);
  expect((await recount(store, false)).differences).toEqual([]);
  await app.close();
  await store.close();
});

it('refuses a target that is not empty, and leaves it as it is', async () => {
  const store = await openPostgresStore(target.url, server.clock);
  expect(await move()).toBe(1);
  expect(err).toMatch(/is not empty: it has a table .* Nothing was changed/);
  await store.checkHealth();
  await store.close();
});

it('leaves a target that says so when it is broken off, and starts over when it is run again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-moved-'));
  const source = new Database(join(server.deps.config.dataDir, DATABASE_FILE), { readonly: true });
  await source.backup(join(folder, DATABASE_FILE));
  source.close();
  // What PostgreSQL cannot hold breaks the move off in the middle.
  const database = new Database(join(folder, DATABASE_FILE));
  const change = database.prepare('update responses set language = ?');
  change.run('f\u0000r');
  const words = ['--to', target.url];
  await expect(main(words, { DATA_DIR: folder })).rejects.toMatchObject({ code: '22021' });
  await expect(openPostgresStore(target.url, server.clock)).rejects.toThrow(
    /A move into this database was broken off/,
  );

  change.run('fr');
  database.close();
  expect([await main(words, { DATA_DIR: folder }), err]).toEqual([0, '']);
  expect(out).toContain('130 answers moved and counted anew there: no difference');
  await openPostgresStore(target.url, server.clock).then(async (store) => store.close());
  rmSync(folder, { recursive: true, force: true });
});

it('says what is wrong in a plain line', async () => {
  expect(await move([])).toBe(1);
  expect(err).toContain('npm run move-to-postgres -- --to');
  expect(await move(['--to', 'mysql://x/y'])).toBe(1);
  expect(await main(['--to', target.url], { DATA_DIR: '/nowhere' })).toBe(1);
  expect(err).toContain('There is no SQLite database at /nowhere');
  const nobody = new URL(target.url);
  nobody.port = '1';
  expect(await move(['--to', nobody.href])).toBe(1);
  expect(err).toContain('cannot reach PostgreSQL');
});

function sorted(row: object): object {
  return Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
