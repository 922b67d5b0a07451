import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { breakStorage, mendStorage } from './broken-storage.ts';
import { launchBrowser, TABLET } from './chromium.ts';
import { openEnrolledKiosk } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { watchAnswers } from './stored-answers.ts';

/** How long a visitor may be left in doubt. */
const SAID_WITHIN_MS = 7_000;
const HEALED_WITHIN_MS = 60_000;

let browser: Browser;
let server: TestServer;
let tablet: BrowserContext;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterEach(async () => {
  await tablet.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

interface SeenTransaction {
  readonly database: string;
  readonly mode: string;
  readonly durability: string;
}

/** Notes every transaction that a page of the context opens, as the browser itself describes it. */
async function noteTransactions(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const seen: SeenTransaction[] = [];
    (window as unknown as { seenTransactions: SeenTransaction[] }).seenTransactions = seen;
    const open = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...words) {
      const transaction = open.apply(this, words);
      seen.push({ database: this.name, mode: transaction.mode, durability: transaction.durability });
      return transaction;
    };
  });
}

function seenTransactions(page: Page): Promise<readonly SeenTransaction[]> {
  return page.evaluate(() => (window as unknown as { seenTransactions: SeenTransaction[] }).seenTransactions);
}

/** Notes every screen a page shows from now on. */
async function noteScreens(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const seen: string[] = [];
    (window as unknown as { seenScreens: string[] }).seenScreens = seen;
    const note = () =>
      seen.push(document.querySelector('[data-screen]')?.getAttribute('data-screen') ?? 'none');
    new MutationObserver(note).observe(document, { childList: true, subtree: true, attributes: true });
  });
  return async () => [
    ...new Set(await page.evaluate(() => (window as unknown as { seenScreens: string[] }).seenScreens)),
  ];
}

it('writes every answer in a transaction whose durability is strict', async () => {
  tablet = await browser.newContext(TABLET);
  await noteTransactions(tablet);
  const kiosk = await openEnrolledKiosk(tablet, server);
  const arriving = watchAnswers(server);

  await kiosk.makeVisit({ code: 'very-satisfied', text: 'Durable' });
  await arriving.onceThereAre(1);
  await kiosk.touch('Revenir au début');
  await kiosk.see('attract');

  const writes = (await seenTransactions(kiosk.page)).filter(({ mode }) => mode === 'readwrite');
  // One for each face, one for the suggestion, one for the acknowledgement.
  expect(writes.length).toBeGreaterThanOrEqual(6);
  expect(writes.filter(({ durability }) => durability !== 'strict')).toEqual([]);
  expect(writes.every(({ database }) => database.startsWith('parvis-outbox'))).toBe(true);

  // The note-taker is not blind: a plain transaction is seen as one.
  await kiosk.page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('control', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('things');
        opening.onsuccess = () => {
          opening.result.transaction('things', 'readwrite').objectStore('things').put(1, 1);
          resolve();
        };
      }),
  );
  const control = (await seenTransactions(kiosk.page)).filter(({ database }) => database === 'control');
  expect(control.map(({ durability }) => durability)).toContain('default');
});

describe.each(['throws', 'hangs'] as const)('when a write %s', (fault) => {
  it('says « Hors service » within seven seconds of the first touch, never thanks, and heals by itself', async () => {
    tablet = await browser.newContext(TABLET);
    const kiosk = await openEnrolledKiosk(tablet, server);
    const arriving = watchAnswers(server);
    const screens = await noteScreens(kiosk.page);
    await breakStorage(kiosk.page, fault);

    await kiosk.face('very-satisfied').tap();
    await kiosk.see('out-of-order', SAID_WITHIN_MS);
    await kiosk.page.getByRole('heading', { name: 'Hors service' }).waitFor();
    expect(await screens()).not.toContain('thanks');
    expect(await screens()).not.toContain('question');

    await mendStorage(kiosk.page);
    await kiosk.see('attract', HEALED_WITHIN_MS);
    const given = await kiosk.makeVisit({ code: 'fairly-satisfied' });
    const answers = await arriving.onceThereAre(1);
    expect(answers[0]?.codes).toEqual(given);
  });

  it('says « Hors service » in the middle of a visit, never thanks, and keeps what was stored before', async () => {
    tablet = await browser.newContext(TABLET);
    const kiosk = await openEnrolledKiosk(tablet, server);
    const arriving = watchAnswers(server);
    const itemId = await kiosk.touchFace('fairly-dissatisfied');
    const screens = await noteScreens(kiosk.page);
    await breakStorage(kiosk.page, fault);

    await kiosk.face('very-satisfied').tap();
    await kiosk.see('out-of-order', SAID_WITHIN_MS);
    expect(await screens()).not.toContain('thanks');

    await mendStorage(kiosk.page);
    await kiosk.see('attract', HEALED_WITHIN_MS);
    const [answer] = await arriving.onceThereAre(1, HEALED_WITHIN_MS);
    expect(answer).toMatchObject({ disposition: 'partial', codes: { [itemId]: 'fairly-dissatisfied' } });
  });
});

it('tells staff how many answers wait, and nothing when none does', async () => {
  tablet = await browser.newContext(TABLET);
  const kiosk = await openEnrolledKiosk(tablet, server);
  const arriving = watchAnswers(server);
  expect(await kiosk.page.getByText('en attente').count()).toBe(0);
  await tablet.setOffline(true);
  for (const count of [1, 2]) {
    await kiosk.touchFace('very-satisfied');
    await kiosk.touch('Terminer');
    await kiosk.see('thanks');
    await kiosk.touch('Revenir au début');
    await kiosk.see('attract');
    await kiosk.page.getByText(`${count} en attente`).waitFor();
  }
  await tablet.setOffline(false);
  await arriving.onceThereAre(2, HEALED_WITHIN_MS);
  await kiosk.page.getByText('en attente').waitFor({ state: 'detached' });
});
