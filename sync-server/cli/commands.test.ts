import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readBackupState } from '../backup/note-backup.ts';
import { anEntry, aPush, aReport } from '../ingest/a-push.ts';
import { DATABASE_FILE, openSqliteStore } from '../store/open-sqlite-store.ts';
import { ManualClock } from '../store/test-store.ts';
import { openTestApp } from '../test-app.ts';
import { enrolTablet } from '../test-tablet.ts';
import { main as backup } from './backup.ts';
import { main as enrol } from './enrol.ts';
import { main as erase } from './erase.ts';
import { main as recount } from './recount.ts';
import { main as restore } from './restore.ts';

let folder: string;
let out: string;
let err: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parvis-cli-'));
  [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

describe('npm run enrol', () => {
  it('prints a code and a link that a running server takes, and nothing else with --json', async () => {
    const server = await openTestApp();
    const env = { DATA_DIR: server.deps.config.dataDir, KIOSK_ORIGIN: 'https://avis.example.fr' };
    expect(await enrol(['--point', 'accueil-mediatheque', '--json'], env)).toBe(0);
    const printed = JSON.parse(out) as { code: string; url: string };
    expect(Object.keys(printed)).toEqual(['code', 'url']);
    expect(printed.url).toMatch(/^https:\/\/avis\.example\.fr\/kiosk\/#code=[\w-]{22}$/);
    // The command runs on the machine's own clock.
    server.clock.nowMs = Date.now();
    const reply = await server.app.inject({
      method: 'POST',
      url: '/api/v1/enrolments',
      payload: { code: printed.code, report: aReport() },
    });
    expect(reply.statusCode).toBe(201);
    await server.close();
  });

  it('works before the server has ever run, and tells which points there are', async () => {
    const env = { DATA_DIR: join(folder, 'data') };
    expect(await enrol(['--point', 'accueil-ccas', '--organisation', 'ccas-de-libourne'], env)).toBe(0);
    expect(out).toMatch(/or type {2}[A-Z]{4}-[A-Z]{4}/);
    for (const words of [[], ['--point', 'nowhere'], ['--point', 'accueil-ccas', '--organisation', 'x']]) {
      expect(await enrol(words, env)).toBe(1);
      expect(err).toContain('guichet-etat-civil');
    }
    expect(await enrol(['--pint', 'x'], env)).toBe(1);
    expect(err).toContain('npm run enrol -- --point');
  });

  it('lists every fault of a wrong configuration', async () => {
    expect(await enrol(['--point', 'x'], { DATA_DIR: folder, PORT: 'x', HOST: '?' })).toBe(1);
    expect(err).toMatch(/PORT=x.*\nHOST=\?/);
  });
});

describe('npm run recount and npm run erase', () => {
  it('count what is stored, erase one of it for good, and find nothing wrong afterwards', async () => {
    const server = await openTestApp();
    const env = { DATA_DIR: server.deps.config.dataDir };
    const tablet = await enrolTablet(server);
    const entries = [anEntry(1), anEntry(2)];
    await tablet.push(aPush(entries));
    const erased = entries[0]?.responseId ?? '';

    expect(await recount([], env)).toBe(0);
    expect(out).toContain('2 responses counted anew');
    expect(await erase(['--response', erased], env)).toBe(0);
    expect(await erase(['--response', erased], env)).toBe(1);
    expect(err).toContain('There is no response');
    expect(await erase([], env)).toBe(1);
    expect(await recount([], env)).toBe(0);
    expect(out).toContain('1 responses counted anew');
    expect((await tablet.push(aPush(entries))).reply.verdicts.map(({ verdict }) => verdict)).toEqual([
      'erased',
      'duplicate',
    ]);

    await server.deps.store.db.updateTable('tallies').set({ count: 7 }).execute();
    out = '';
    expect(await recount([], env)).toBe(1);
    expect(out).toContain('kept 7, counted 1');
    expect(await recount(['--repair'], env)).toBe(1);
    expect(await recount([], env)).toBe(0);
    await server.close();
  });
});

describe('npm run backup and npm run restore', () => {
  it('carry a running server’s answers over to another machine', async () => {
    const server = await openTestApp();
    const env = { DATA_DIR: server.deps.config.dataDir };
    const tablet = await enrolTablet(server);
    await tablet.push(aPush([anEntry(1), anEntry(2)]));
    const to = join(folder, 'backups');
    expect(await backup(['--to', to, '--json'], env)).toBe(0);
    const printed = JSON.parse(out) as { file: string; rows: Record<string, number>; bytes: number };
    expect(printed.rows).toMatchObject({ responses: 2 });
    expect((await tablet.push(aPush([anEntry(3)]))).reply.safeThrough).toBe(2);
    await server.close();

    const elsewhere = { DATA_DIR: join(folder, 'another-machine') };
    expect(await restore(['--from', printed.file], elsewhere)).toBe(0);
    expect(out).toContain('Restored: 2 answers');
    expect(err).toContain('There is no sealing-keys.json');
    expect(await restore(['--from', printed.file], elsewhere)).toBe(1);
    expect(err).toContain('Add --replace');
    [out, err] = ['', ''];
    expect(await restore(['--from', printed.file, '--replace', '--json'], elsewhere)).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ responses: 2, erased: 0, differences: 0 });
    expect(await recount([], elsewhere)).toBe(0);
  });

  it('say what is wrong, and the server remembers it', async () => {
    const env = { DATA_DIR: join(folder, 'data') };
    writeFileSync(join(folder, 'a-file'), '');
    expect(await backup(['--to', join(folder, 'a-file')], env)).toBe(1);
    expect(err).toContain('was not finished (EEXIST)');
    const store = openSqliteStore(
      join(folder, 'data', DATABASE_FILE),
      new ManualClock('2026-11-23T09:00:00.000Z'),
    );
    expect((await readBackupState(store)).fault).toContain('was not finished');
    await store.close();
    expect(await backup(['--keep', '0'], env)).toBe(1);
    expect(await backup(['--two', 'x'], env)).toBe(1);
    expect(await restore([], env)).toBe(1);
    expect(await restore(['--from', join(folder, 'nothing')], env)).toBe(1);
    expect(err).toContain('nothing cannot be restored');
  });
});
