import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBackupState } from '../backup/note-backup.ts';
import { anEntry, aPush } from '../ingest/a-push.ts';
import { DATABASE_FILE, openSqliteStore } from '../store/open-sqlite-store.ts';
import { ManualClock } from '../store/test-store.ts';
import { openTestApp } from '../test-app.ts';
import { enrolTablet } from '../test-tablet.ts';
import { main as backup } from './backup.ts';
import { main as noteBackup } from './note-backup.ts';
import { main as recount } from './recount.ts';
import { main as restore } from './restore.ts';
import { watchCommands } from './test-command.ts';

const run = watchCommands();

describe('npm run backup and npm run restore', () => {
  it('carry a running server’s answers over to another machine', async () => {
    const server = await openTestApp();
    const env = { DATA_DIR: server.deps.config.dataDir };
    const tablet = await enrolTablet(server);
    await tablet.push(aPush([anEntry(1), anEntry(2)]));
    const to = join(run.folder, 'backups');
    expect(await backup(['--to', to, '--json'], env)).toBe(0);
    const printed = JSON.parse(run.out) as { file: string; rows: Record<string, number>; bytes: number };
    expect(printed.rows).toMatchObject({ responses: 2 });
    expect((await tablet.push(aPush([anEntry(3)]))).reply.safeThrough).toBe(2);
    await server.close();

    const elsewhere = { DATA_DIR: join(run.folder, 'another-machine') };
    expect(await restore(['--from', printed.file], elsewhere)).toBe(0);
    expect(run.out).toContain('Restored: 2 answers');
    expect(run.err).toContain('There is no sealing-keys.json');
    expect(await restore(['--from', printed.file], elsewhere)).toBe(1);
    expect(run.err).toContain('Add --replace');
    [run.out, run.err] = ['', ''];
    expect(await restore(['--from', printed.file, '--replace', '--json'], elsewhere)).toBe(0);
    expect(JSON.parse(run.out)).toMatchObject({ responses: 2, erased: 0, differences: 0 });
    expect(await recount([], elsewhere)).toBe(0);
  });

  it('say what is wrong, and the server remembers it', async () => {
    const env = { DATA_DIR: join(run.folder, 'data') };
    writeFileSync(join(run.folder, 'a-file'), '');
    expect(await backup(['--to', join(run.folder, 'a-file')], env)).toBe(1);
    expect(run.err).toContain('was not finished (EEXIST)');
    const store = openSqliteStore(
      join(run.folder, 'data', DATABASE_FILE),
      new ManualClock('2026-11-23T09:00:00.000Z'),
    );
    expect((await readBackupState(store)).fault).toContain('was not finished');
    await store.close();
    expect(await backup(['--keep', '0'], env)).toBe(1);
    expect(await backup(['--two', 'x'], env)).toBe(1);
    expect(await restore([], env)).toBe(1);
    expect(await restore(['--from', join(run.folder, 'nothing')], env)).toBe(1);
    expect(run.err).toContain('nothing cannot be restored');
  });
});

describe('npm run note-backup and npm run restore -- --elsewhere', () => {
  it('stand around a backup that other tools make and put back', async () => {
    const server = await openTestApp();
    const env = { DATA_DIR: server.deps.config.dataDir };
    const tablet = await enrolTablet(server);
    const noted = join(run.folder, 'noted.json');
    await tablet.push(aPush([anEntry(1), anEntry(2)]));
    expect(await noteBackup(['--before', noted], env)).toBe(0);
    await tablet.push(aPush([anEntry(3)]));
    expect((await tablet.push(aPush([]))).reply.safeThrough).toBe(0);
    expect(await noteBackup(['--after', noted], env)).toBe(0);
    expect((await tablet.push(aPush([]))).reply.safeThrough).toBe(2);
    const { storeId } = server.deps.store;
    run.out = '';
    expect(await restore(['--elsewhere', '--json'], env)).toBe(0);
    expect(JSON.parse(run.out)).toMatchObject({ responses: 3, differences: 0, takenAt: null });
    expect((JSON.parse(run.out) as { storeId: string }).storeId).not.toBe(storeId);
    expect(await noteBackup(['--after', noted], env)).toBe(1);
    expect(run.err).toContain('another database');
    for (const words of [[], ['--before', noted, '--after', noted], ['--after', join(run.folder, 'nothing')]])
      expect(await noteBackup(words, env)).toBe(1);
    expect(await restore(['--elsewhere', '--from', noted], env)).toBe(1);
    await server.close();
  });
});
