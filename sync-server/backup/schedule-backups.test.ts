import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSealingKeys, readSealingKeys } from '../assignment/sealing-keys.ts';
import { anEntry, aPush } from '../ingest/a-push.ts';
import { startScreen } from '../start-screen.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { importBuilt } from '../test-process.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { finishedBackups } from './backup-files.ts';
import { readBackupState } from './note-backup.ts';
import { runCopy } from './run-copy.ts';
import { backUpIfLate, backUpNow, type BackupPorts, scheduleBackups } from './schedule-backups.ts';
import { takeBackup } from './take-backup.ts';

let server: TestApp;
let tablet: TestTablet;
let ports: BackupPorts;
let logged: string[];
beforeEach(async () => {
  server = await openTestApp();
  tablet = await enrolTablet(server);
  logged = [];
  const note = (facts: object, message: string) => void logged.push(`${message} ${JSON.stringify(facts)}`);
  ports = { ...server.deps, copy: takeBackup, log: { error: note, info: note } };
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

const withBackup = (changes: Partial<BackupPorts['config']['backup']>): BackupPorts => ({
  ...ports,
  config: { ...ports.config, backup: { ...ports.config.backup, ...changes } },
});
const safeThrough = async () => (await tablet.push(aPush([]))).reply.safeThrough;
const metrics = async () => (await server.app.inject('/metrics')).body;

describe('backups by the clock', () => {
  it('come at their times, each day, until they are called off', async () => {
    // Only the clock is staged: copying takes the turns of the loop that it takes.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: new Date(2026, 10, 24, 2, 29) });
    const callOff = scheduleBackups(withBackup({ at: ['02:30', '12:15'] }));
    const { dir } = server.deps.config.backup;
    const taken = async (count: number) =>
      vi.waitFor(() => expect(finishedBackups(dir)).toHaveLength(count), { timeout: 20_000, interval: 20 });
    await vi.advanceTimersByTimeAsync(90_000);
    vi.useRealTimers();
    await taken(1);
    server.clock.advance(60_000);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: new Date(2026, 10, 24, 12, 14) });
    callOff();
    const again = scheduleBackups(withBackup({ at: ['02:30', '12:15'] }));
    await vi.advanceTimersByTimeAsync(90_000);
    again();
    vi.useRealTimers();
    await taken(2);
  });

  it('do not come where they are switched off, or the engine has its own', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: new Date(2026, 10, 24, 2, 29) });
    scheduleBackups(withBackup({ at: [] }));
    scheduleBackups({ ...withBackup({ at: ['02:30'] }), store: { ...ports.store, file: null } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are caught up with where the machine was off at night', async () => {
    await backUpIfLate(ports);
    expect(await readBackupState(ports.store)).toMatchObject({ finishedAt: '2026-11-23T09:00:00.000Z' });
    server.clock.advance(24 * 3_600_000);
    await backUpIfLate(ports);
    expect(await readBackupState(ports.store)).toMatchObject({ finishedAt: '2026-11-23T09:00:00.000Z' });
    server.clock.advance(2 * 3_600_000);
    await backUpIfLate(ports);
    expect(await readBackupState(ports.store)).toMatchObject({ finishedAt: '2026-11-24T11:00:00.000Z' });
  });
});

describe('a backup by the clock', () => {
  it.each([
    ['from its source', async () => runCopy],
    [
      'as it is built',
      async () => (await importBuilt<{ runCopy: typeof runCopy }>('sync-server/backup/run-copy')).runCopy,
    ],
  ])('runs in a process of its own, %s, and makes safe what it holds', async (_, found) => {
    await tablet.push(aPush([anEntry(1), anEntry(2)]));
    await backUpNow({ ...ports, copy: await found() });
    expect(logged).toEqual([expect.stringContaining('backed up')]);
    expect(await safeThrough()).toBe(2);
  });

  it('takes the keys along, apart', async () => {
    const keysDir = join(server.deps.config.dataDir, 'apart');
    const keys = openSealingKeys(server.deps.config.dataDir, server.clock);
    await backUpNow(withBackup({ keysDir }));
    expect(readSealingKeys(keysDir)).toEqual(keys.all);
  });

  it.each([
    ['in this process', takeBackup],
    ['in its own', runCopy],
  ])('that fails %s is said wherever somebody looks, until one is finished', async (_, copy) => {
    await tablet.push(aPush([anEntry(1)]));
    expect(await metrics()).toMatch(/parvis_backup_failed 0\n/);
    const file = join(server.deps.config.dataDir, 'a-file');
    writeFileSync(file, '');
    await backUpNow({ ...withBackup({ dir: join(file, 'in-it') }), copy });

    expect(logged).toEqual([expect.stringContaining('the backup failed')]);
    expect(await metrics()).toMatch(/parvis_backup_failed 1\n/);
    expect(await metrics()).toMatch(/parvis_backup_finished_timestamp_seconds 0\n/);
    const ready = (await server.app.inject('/health/ready')).json();
    expect(ready.backup).toEqual({ finishedAt: null, failedAt: '2026-11-23T09:00:00.000Z' });
    expect(await startScreen(server.deps, 8_080)).toMatch(
      /THE LAST BACKUP FAILED.*was not finished \(ENOTDIR\)/,
    );
    expect(await safeThrough()).toBe(0);

    await backUpNow(ports);
    expect(await metrics()).toMatch(/parvis_backup_failed 0\n/);
    expect(await startScreen(server.deps, 8_080)).not.toContain('FAILED');
    expect(await safeThrough()).toBe(1);
  });

  it('says where it goes, and that this is where the data is', async () => {
    const screen = await startScreen(server.deps, 8_080);
    expect(screen).toContain('Each day at 02:30');
    expect(screen).toContain('Set BACKUP_DIR to another disk');
    expect(screen).toContain('none yet');
    const elsewhere = { ...server.deps.config.backup, isBesideData: false, keysDir: '/keys' };
    const other = { ...server.deps, config: { ...server.deps.config, backup: elsewhere } };
    expect(await startScreen(other, 8_080)).not.toMatch(/BACKUP_DIR|BACKUP_KEYS_DIR/);
  });
});
