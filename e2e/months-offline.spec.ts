import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSealingKeys, writeSealingKeys } from '../sync-server/assignment/sealing-keys.ts';
import { launchBrowser, TABLET } from './chromium.ts';
import { kioskOn } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { quarantined, storedAnswers } from './stored-answers.ts';

/** What a tablet of a released version had in its browser when it was unplugged: its database as it lay there, but for who it was. */
interface RecordedOutbox {
  readonly appVersion: string;
  readonly name: string;
  readonly version: number;
  readonly stores: readonly {
    readonly name: string;
    readonly keyPath: string;
    readonly indexes: readonly {
      readonly name: string;
      readonly keyPath: string[];
      readonly unique: boolean;
    }[];
  }[];
  readonly entries: readonly { readonly responseId: string; readonly body: string }[];
  readonly settings: Readonly<Record<string, object>>;
}

const RECORDED = fileURLToPath(new URL('../kiosk/outbox/recorded/', import.meta.url));
const OUTBOXES = readdirSync(RECORDED).map(
  (file) => JSON.parse(readFileSync(join(RECORDED, file), 'utf8')) as RecordedOutbox,
);
const MESSAGES = JSON.parse(
  readFileSync(new URL('../protocol/recorded/version-1.messages.json', import.meta.url), 'utf8'),
) as {
  readonly enrolmentRequest: { readonly code: string };
  readonly assignment: object;
  readonly sealing: { readonly privateKey: string; readonly publicKey: string; readonly words: string };
};
/** Longer than the longest pause between two tries of a tablet. */
const SENT_WITHIN_MS = 90_000;

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
  // The key of that time is no longer given out, and is still there.
  const { privateKey, publicKey } = MESSAGES.sealing;
  const former = { keyId: 'recorded', privateKey, publicKey, createdAt: '2026-01-01T00:00:00.000Z' };
  await server.stop();
  writeSealingKeys(server.dataDir, [former, ...readSealingKeys(server.dataDir)]);
  await server.start();
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

describe('T17 a tablet that was without network for months', () => {
  it.each(OUTBOXES)(
    'as version $appVersion left it, is opened by the version of today, and each of its answers is taken',
    async (recorded) => {
      const { code } = await server.createEnrolment();
      const claimed = await fetch(`${server.origin}/api/v1/enrolments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...MESSAGES.enrolmentRequest, code }),
      });
      const { enrolmentId, token, storeId } = (await claimed.json()) as Record<string, string>;
      const tablet = await browser.newContext(TABLET);
      const page = await tablet.newPage();
      // Of the same origin, and without a line of ours.
      await page.goto(`${server.origin}/icons/parvis.svg`);
      await page.evaluate(putBack, {
        recorded,
        settings: {
          ...recorded.settings,
          counters: { ...recorded.settings['counters'], enrolmentId },
          enrolment: { enrolmentId, token },
          store: { storeId, highWaterMark: 0 },
          assignment: { tag: 'recorded', assignment: MESSAGES.assignment },
        },
      });

      const kiosk = kioskOn(page, server.origin);
      await kiosk.open();
      await kiosk.see('attract');

      const ids = recorded.entries.map(({ responseId }) => responseId).toSorted();
      await expect
        .poll(() => storedAnswers(server).map(({ responseId }) => responseId), { timeout: SENT_WITHIN_MS })
        .toEqual(ids);
      expect(storedAnswers(server).map(({ text }) => text)).toContain(MESSAGES.sealing.words);
      expect(quarantined(server)).toBe(0);
      await tablet.close();
    },
    2 * SENT_WITHIN_MS,
  );

  it('is recorded of every version that was released', ({ task }) => {
    const released = [
      ...readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8').matchAll(/^## \[(\d[^\]]*)\]/gm),
    ];
    const versions = new Set(OUTBOXES.map(({ appVersion }) => appVersion));
    const missing = released.map(([, version = '']) => version).filter((version) => !versions.has(version));
    expect(missing).toEqual([]);
    task.meta.figures = { versions: versions.size, rejected: quarantined(server) };
  });
});

/** Runs in the page. */
async function putBack({
  recorded,
  settings,
}: {
  readonly recorded: RecordedOutbox;
  readonly settings: Readonly<Record<string, unknown>>;
}): Promise<void> {
  const opening = indexedDB.open(recorded.name, recorded.version);
  opening.addEventListener('upgradeneeded', () => {
    for (const { name, keyPath, indexes } of recorded.stores) {
      const store = opening.result.createObjectStore(name, { keyPath });
      for (const index of indexes) store.createIndex(index.name, index.keyPath, { unique: index.unique });
    }
  });
  await new Promise((resolve, reject) => {
    opening.addEventListener('success', resolve);
    opening.addEventListener('error', reject);
  });
  const database = opening.result;
  const transaction = database.transaction(['entries', 'settings'], 'readwrite');
  for (const entry of recorded.entries) transaction.objectStore('entries').put(entry);
  for (const [key, value] of Object.entries(settings))
    transaction.objectStore('settings').put({ key, value });
  await new Promise((resolve) => {
    transaction.addEventListener('complete', resolve);
  });
  database.close();
}
