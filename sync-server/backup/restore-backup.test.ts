import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import type { PushReply } from '../../protocol/push.ts';
import { createApp } from '../app.ts';
import { openSealingKeys } from '../assignment/sealing-keys.ts';
import { type Config, readConfig } from '../config.ts';
import { anEntry, aPush } from '../ingest/a-push.ts';
import { openData } from '../open-data.ts';
import { eraseResponse } from '../retention/erase-response.ts';
import { noteErasure } from '../retention/erasure-journal.ts';
import { DATABASE_FILE, openSqliteStore } from '../store/open-sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { ManualClock } from '../store/test-store.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { noteFinishedBackup, readBackupState } from './note-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { takeBackup } from './take-backup.ts';

const organisationId = 'ville-de-libourne';
const clock = new ManualClock('2026-11-23T09:00:00.000Z');
let folder = '';
let config: Config;
let store: Store;
let app: FastifyInstance;
let tablet: TestTablet;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parvis-restore-'));
  const read = readConfig({
    DATA_DIR: join(folder, 'data'),
    BACKUP_DIR: join(folder, 'backups'),
    LOG_LEVEL: 'silent',
  });
  if (!read.ok) throw new Error(read.error.join());
  config = read.value;
  await start();
  const deps = { store, clock, config, sealingKeys: openSealingKeys(config.dataDir, clock), webRoot: null };
  tablet = await enrolTablet({ app, deps, clock, close: async () => undefined });
});
afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  store = await openData(config, clock);
  const sealingKeys = openSealingKeys(config.dataDir, clock);
  app = await createApp({ store, clock, config, sealingKeys, webRoot: null });
}

async function stop(): Promise<void> {
  await app.close();
  await store.close();
}

async function push(...entries: ReturnType<typeof anEntry>[]): Promise<PushReply> {
  const reply = await app.inject({
    method: 'POST',
    url: '/api/v1/push',
    headers: { authorization: `Bearer ${tablet.token}` },
    payload: aPush(entries),
  });
  return reply.json<PushReply>();
}

async function backUp(): Promise<string> {
  const { dataDir, backup } = config;
  const finished = await takeBackup({ dataDir, dir: backup.dir, keep: 14, nowMs: clock.now() });
  await noteFinishedBackup(store, finished);
  return finished.file;
}

async function erase(responseId: string): Promise<void> {
  noteErasure(config, { organisationId, responseId });
  await eraseResponse(store, clock, { organisationId, responseId });
}

const restore = (file: string, mayReplace = false) => restoreBackup({ file, config, mayReplace, clock });
const storedIds = async () =>
  (await store.db.selectFrom('responses').select('response_id').orderBy('sequence').execute()).map(
    (row) => row.response_id,
  );
const DATABASE_FILES = [DATABASE_FILE, `${DATABASE_FILE}-wal`, `${DATABASE_FILE}-shm`];

describe('a restored backup', () => {
  it('begins another life, which tells tablets what it holds of them', async () => {
    const before = await push(anEntry(1), anEntry(2));
    const file = await backUp();
    await push(anEntry(3));
    await stop();
    const restored = await restore(file, true);
    await start();
    expect(store.storeId).toBe(restored.storeId);
    expect(restored).toMatchObject({
      takenAt: '2026-11-23T09:00:00.000Z',
      erased: 0,
      recount: { responses: 2, differences: [] },
    });
    const after = await push();
    expect(after.storeId).not.toBe(before.storeId);
    expect(after).toMatchObject({ storeId: store.storeId, highWaterMark: 2, safeThrough: 2 });
    expect(await readBackupState(store)).toMatchObject({ finishedAt: restored.takenAt, file });
  });

  it('erases again what was erased since, though the data directory is gone with its journal', async () => {
    const entries = [anEntry(1), anEntry(2), anEntry(3)];
    const [first = entries[0], second, third] = entries;
    await push(...entries);
    await erase(first?.responseId ?? '');
    const file = await backUp();
    await erase(second?.responseId ?? '');
    await stop();
    rmSync(config.dataDir, { recursive: true });
    expect(await restore(file)).toMatchObject({ erased: 1, keptIn: null, recount: { differences: [] } });
    await start();
    expect(await storedIds()).toEqual([third?.responseId]);
    expect((await push(...entries)).verdicts.map(({ verdict }) => verdict)).toEqual([
      'erased',
      'erased',
      'duplicate',
    ]);
    // The journal beside the data is whole again.
    expect(readFileSync(join(config.dataDir, 'erasures.jsonl'), 'utf8')).toContain(second?.responseId);
  });

  it('replays an erasure noted after half a line that a power cut has left', async () => {
    const entry = anEntry(1);
    await push(entry);
    const file = await backUp();
    for (const dir of [config.dataDir, config.backup.dir])
      appendFileSync(join(dir, 'erasures.jsonl'), '{"organisationId":"ville-de-lib');
    await erase(entry.responseId);
    await stop();
    expect(await restore(file, true)).toMatchObject({ erased: 1 });
    await start();
    expect(await storedIds()).toEqual([]);
  });

  it('keeps what it replaces aside, whole', async () => {
    await push(anEntry(1));
    const file = await backUp();
    await push(anEntry(2));
    await stop();
    const { keptIn } = await restore(file, true);
    const kept = openSqliteStore(join(keptIn ?? '', DATABASE_FILE), clock);
    expect(await kept.db.selectFrom('responses').select('sequence').execute()).toHaveLength(2);
    await kept.close();
    await start();
  });

  it('leaves an erased organisation’s journal alone', async () => {
    const file = await backUp();
    noteErasure(config, { organisationId: 'a-town-that-left', responseId: 'x' });
    await stop();
    expect(await restore(file, true)).toMatchObject({ erased: 0 });
    await start();
  });
});

describe('a restore is refused, and changes nothing,', () => {
  const sight = () => DATABASE_FILES.filter((name) => existsSync(join(config.dataDir, name)));

  it('where a database is there and nobody said that it may go', async () => {
    const file = await backUp();
    await push(anEntry(1));
    await stop();
    await expect(restore(file)).rejects.toThrow(/already. Add --replace/);
    await start();
    expect(await storedIds()).toHaveLength(1);
  });

  it('over a server that runs, even where its database is damaged', async () => {
    const file = await backUp();
    await expect(restore(file, true)).rejects.toThrow(/in use: stop the server/);
    expect(sight()).toEqual(DATABASE_FILES);
    const path = join(config.dataDir, DATABASE_FILE);
    const whole = readFileSync(path);
    writeFileSync(path, Buffer.alloc(whole.length, 7));
    await expect(restore(file, true)).rejects.toThrow(/in use: stop the server/);
    writeFileSync(path, whole);
  });

  it('with a file that is no finished backup', async () => {
    await push(anEntry(1));
    const file = await backUp();
    await stop();
    const half = join(folder, 'half.sqlite');
    const whole = readFileSync(file);
    writeFileSync(half, whole.subarray(0, whole.length - 4_096 * 10));
    await expect(restore(half, true)).rejects.toThrow(/cannot be restored.*Nothing was changed/);
    await expect(restore(join(config.dataDir, DATABASE_FILE), true)).rejects.toThrow(/never finished/);
    expect(readdirSync(config.dataDir).filter((name) => /restoring|replaced/.test(name))).toEqual([]);
    await start();
    expect(await storedIds()).toHaveLength(1);
  });
});

it('starts no server between the old database and the restored one', async () => {
  await push(anEntry(1));
  const file = await backUp();
  await stop();
  // Broken off after the old one was put aside.
  const path = join(config.dataDir, DATABASE_FILE);
  writeFileSync(`${path}.restoring`, readFileSync(file));
  rmSync(path);
  await expect(openData(config, clock)).rejects.toThrow(/broken off. Run npm run restore again/);
  await restore(file);
  await start();
  expect(await storedIds()).toHaveLength(1);
});
