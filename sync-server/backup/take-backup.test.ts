import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anEntry, aPush } from '../ingest/a-push.ts';
import { noteErasure } from '../retention/erasure-journal.ts';
import { checkFinishedCopy, copySqlite } from '../store/copy-sqlite.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { finishedBackups, rotateBackups } from './backup-files.ts';
import { noteFailedBackup, noteFinishedBackup, readBackupState } from './note-backup.ts';
import { takeBackup } from './take-backup.ts';

let server: TestApp;
let tablet: TestTablet;
let dir = '';
beforeEach(async () => {
  server = await openTestApp();
  tablet = await enrolTablet(server);
  dir = join(server.deps.config.dataDir, 'elsewhere');
});
afterEach(async () => server.close());

async function backUp(keep = 14) {
  const { store, config } = server.deps;
  const finished = await takeBackup({ dataDir: config.dataDir, dir, keep, nowMs: server.clock.now() });
  await noteFinishedBackup(store, finished);
  return finished;
}

const push = async (...sequences: number[]) =>
  (await tablet.push(aPush(sequences.map((sequence) => anEntry(sequence))))).reply;

describe('a backup of a running server', () => {
  it('holds what was acknowledged before it, and tells each tablet so with its next push', async () => {
    expect((await push(1, 2, 3)).safeThrough).toBe(0);
    const { file, rows, marks } = await backUp();
    expect(rows).toMatchObject({ responses: 3, enrolments: 1 });
    expect(marks).toEqual([
      { organisationId: 'ville-de-libourne', enrolmentId: tablet.enrolmentId, highWaterMark: 3 },
    ]);
    expect(await push(4, 5)).toMatchObject({ highWaterMark: 5, safeThrough: 3 });
    expect(checkFinishedCopy(file)).toMatchObject({ rows, marks, storeId: server.deps.store.storeId });
    await backUp();
    expect((await push()).safeThrough).toBe(5);
  });

  it('calls nothing safe beyond a gap', async () => {
    await push(1, 2, 4, 5);
    await backUp();
    expect(await push()).toMatchObject({ highWaterMark: 2, safeThrough: 2 });
    await push(3);
    expect(await push()).toMatchObject({ highWaterMark: 5, safeThrough: 2 });
  });

  it('is of one instant, whatever is written while it is made', async () => {
    for (let sequence = 1; sequence < 1_200; sequence += 100)
      await push(...Array.from({ length: 100 }, (_, index) => sequence + index));
    let isRunning = true;
    let last = 1_200;
    const writing = (async () => {
      while (isRunning) await push((last += 1));
    })();
    const { file, rows, marks } = await backUp();
    isRunning = false;
    await writing;
    expect(last).toBeGreaterThan(1_201);
    const copied = rows['responses'] ?? 0;
    expect(copied).toBeGreaterThanOrEqual(1_200);
    expect(marks[0]?.highWaterMark).toBe(copied);
    expect(checkFinishedCopy(file).rows['responses']).toBe(copied);
  });

  it('is readable by its owner alone, and leaves nothing beside it', async () => {
    await push(1);
    const { file } = await backUp();
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(dir).mode & 0o777).toString(8)).toBe('700');
    expect(finishedBackups(dir)).toEqual([file]);
    expect(basename(file)).toBe('parvis-2026-11-23T09-00-00.000Z.sqlite');
  });

  it('carries the journal of erasures along, whole, and takes nothing out of the one that is there', async () => {
    const { config } = server.deps;
    const elsewhere = { dataDir: config.dataDir, backup: { ...config.backup, dir } };
    noteErasure(config, { organisationId: 'ville-de-libourne', responseId: 'one' });
    await backUp();
    noteErasure(elsewhere, { organisationId: 'ville-de-libourne', responseId: 'two' });
    await backUp();
    const lines = readFileSync(join(dir, 'erasures.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).responseId)).toEqual(['one', 'two']);
  });

  it('says of a life before a restore nothing to this one', async () => {
    await push(1);
    const finished = await backUp();
    await push(2);
    await noteFinishedBackup(server.deps.store, {
      ...finished,
      storeId: '00000000-0000-4000-8000-0000000000aa' as typeof finished.storeId,
      marks: finished.marks.map((mark) => ({ ...mark, highWaterMark: 2 })),
    });
    expect((await push()).safeThrough).toBe(1);
  });

  it('takes no mark back where an older one is noted late', async () => {
    await push(1);
    const older = await backUp();
    await push(2);
    await backUp();
    await noteFinishedBackup(server.deps.store, older);
    expect((await push()).safeThrough).toBe(2);
  });
});

describe('what is kept', () => {
  it('is the newest so many finished ones; files of somebody else stay', async () => {
    const files: string[] = [];
    for (let day = 0; day < 4; day += 1) {
      files.unshift((await backUp(3)).file);
      server.clock.advance(86_400_000);
      writeFileSync(join(dir, 'parvis-2020.sqlite'), 'not ours');
    }
    expect(finishedBackups(dir)).toEqual(files.slice(0, 3));
    expect(existsSync(join(dir, 'parvis-2020.sqlite'))).toBe(true);
  });

  it('is never a copy that was broken off: it bears no backup’s name, and is swept away in time', async () => {
    const { file } = await backUp();
    const left = join(dir, 'parvis-2026-11-24T09-00-00.000Z.sqlite.unfinished');
    writeFileSync(left, readFileSync(file));
    expect(finishedBackups(dir)).toEqual([file]);
    rotateBackups(dir, 1, Date.now());
    expect(existsSync(left)).toBe(true);
    utimesSync(left, 0, 0);
    rotateBackups(dir, 1, Date.now());
    expect(existsSync(left)).toBe(false);
    expect(existsSync(file)).toBe(true);
  });
});

describe('a file that is no backup', () => {
  const alter = (file: string, sql: string) => {
    const copy = new Database(file);
    copy.exec(sql);
    copy.close();
  };

  it.each([
    ['was never finished', 'drop table finished_backup', /never finished/],
    ['lacks its record’s row', 'delete from finished_backup', /never finished/],
    ['lacks a row', 'delete from responses where rowid = 1', /1 rows in responses instead of 2/],
    ['lacks a table', 'drop table late_tallies', /no rows in late_tallies/],
    ['has a table more', 'create table more (a)', /0 rows in more instead of none/],
  ])('is refused where it %s', async (_, sql, why) => {
    await push(1, 2);
    const { file } = await backUp();
    checkFinishedCopy(file);
    alter(file, sql);
    expect(() => checkFinishedCopy(file)).toThrow(why);
  });

  it('is refused where it is cut, damaged, or something else', async () => {
    await push(1, 2);
    const { file } = await backUp();
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length / 2));
    expect(() => checkFinishedCopy(file)).toThrow(/damaged/);
    // The pages of the middle, zeroed: the size is right, the trees are not.
    const holed = Buffer.from(whole);
    holed.fill(0, 4_096 * 8, 4_096 * 40);
    writeFileSync(file, holed);
    expect(() => checkFinishedCopy(file)).toThrow(/damaged/);
    writeFileSync(file, 'not a database at all, though long enough to look like one'.repeat(20));
    expect(() => checkFinishedCopy(file)).toThrow(/damaged|opened/);
    expect(() => checkFinishedCopy(join(dir, 'nothing.sqlite'))).toThrow(/opened/);
  });

  it('is what a copy onto a file with something in it comes to', async () => {
    const target = join(server.deps.config.dataDir, 'in-use.sqlite');
    writeFileSync(target, 'something else');
    await expect(copySqlite(server.deps.store.file ?? '', target, 'now')).rejects.toThrow(/not a database/);
    expect(() => checkFinishedCopy(target)).toThrow(/opened|damaged/);
  });
});

describe('a backup that fails', () => {
  it('is said plainly, keeps those before it, and moves no mark', async () => {
    await push(1);
    const { file } = await backUp();
    await push(2);
    const good = dir;
    dir = join(file, 'inside-a-file');
    await expect(backUp()).rejects.toThrow(/was not finished \(ENOTDIR\)/);
    expect(finishedBackups(good)).toEqual([file]);
    expect((await push()).safeThrough).toBe(1);
  });

  it('is remembered until one is finished', async () => {
    const { store } = server.deps;
    await noteFailedBackup(store, server.clock.now(), 'no room');
    expect(await readBackupState(store)).toEqual({
      finishedAt: null,
      file: null,
      failedAt: '2026-11-23T09:00:00.000Z',
      fault: 'no room',
    });
    const { file } = await backUp();
    expect(await readBackupState(store)).toEqual({
      finishedAt: '2026-11-23T09:00:00.000Z',
      file,
      failedAt: null,
      fault: null,
    });
  });
});
