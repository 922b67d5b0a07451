import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { FIRST_SCREENS } from '../kiosk/first-screen/first-screens.ts';
import { launchBrowser, TABLET } from './chromium.ts';
import { type KioskPage, kioskOn, openEnrolledKiosk } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { storedAnswers } from './stored-answers.ts';
import { until } from './until.ts';

/** Longer than the longest pause between two tries of a tablet. */
const SENT_WITHIN_MS = 90_000;

let browser: Browser;
let server: TestServer;
let tablet: BrowserContext;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
beforeEach(async () => {
  tablet = await browser.newContext(TABLET);
  const kiosk = await openEnrolledKiosk(tablet, server);
  await kiosk.beReadyOffline();
  await kiosk.open();
  await until('a first screen to be kept', async () => (await keptScreens(kiosk.page)).length === 1);
  await kiosk.page.close();
});
afterEach(() => tablet.close());
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

const keptScreens = (page: Page): Promise<string[]> =>
  page.evaluate(async (name) => {
    const cache = await caches.open(name);
    const kept = await Promise.all((await cache.keys()).map((key) => cache.match(key)));
    return Promise.all(kept.map(async (screen) => (await screen?.text()) ?? ''));
  }, FIRST_SCREENS);

/** A tablet that is switched on, and whose storage is not open before `letGo`. */
async function startSlowly(): Promise<{ kiosk: KioskPage; letGo: () => Promise<void> }> {
  const page = await tablet.newPage();
  await page.addInitScript(() => {
    const open = IDBFactory.prototype.open;
    const released = new Promise<void>((resolve) => {
      addEventListener('let-go', () => resolve());
    });
    IDBFactory.prototype.open = function later(...asked) {
      // Dexie listens to the request it is given, so it is given one that tells what the real one told.
      const heard = new EventTarget() as IDBOpenDBRequest;
      void released.then(() => {
        const request = open.apply(this, asked);
        for (const kind of ['success', 'error', 'blocked', 'upgradeneeded'] as const)
          request.addEventListener(kind, (event) => {
            for (const field of ['result', 'error', 'transaction'] as const)
              Object.defineProperty(heard, field, {
                configurable: true,
                get: () => (request.readyState === 'pending' ? null : request[field]),
              });
            heard[`on${kind}`]?.call(heard, event as IDBVersionChangeEvent);
          });
      });
      return heard;
    };
  });
  const kiosk = kioskOn(page, server.origin);
  await kiosk.open();
  return { kiosk, letGo: () => page.evaluate(() => void dispatchEvent(new Event('let-go'))) };
}

const chosenLevels = (page: Page): Promise<string[]> =>
  page
    .locator('input[name="level"]:checked')
    .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));

it('can be touched before storage is open, and answers as soon as it is', async () => {
  const { kiosk, letGo } = await startSlowly();
  const { page } = kiosk;
  await kiosk.see('attract');
  const itemId = await kiosk.itemId();

  await kiosk.face('very-satisfied').tap();
  await kiosk.face('fairly-satisfied').tap();
  // The last one counts, and says so.
  expect(await chosenLevels(page)).toEqual(['fairly-satisfied']);
  expect(await kiosk.itemId()).toBe(itemId);
  await letGo();

  await kiosk.see('question');
  // The visitor walks away, and the next page sends what was given.
  await page.close();
  await openTablet();
  await expect
    .poll(() => storedAnswers(server).map(({ codes }) => codes), { timeout: SENT_WITHIN_MS })
    .toEqual([{ [itemId]: 'fairly-satisfied' }]);
});

it('takes a touch on anything else of the first screen as well', async () => {
  const { kiosk, letGo } = await startSlowly();
  await kiosk.page.locator('.language-bar > button').tap();
  await letGo();
  await kiosk.page.getByRole('dialog').getByRole('button', { name: 'English' }).waitFor();
});

it('answers nothing where the question has become another one, and keeps the new first screen', async () => {
  const first = await openTablet();
  await first.page.evaluate(async (name) => {
    const cache = await caches.open(name);
    const [key] = await cache.keys();
    const kept = key && (await cache.match(key));
    if (!key || !kept) throw new Error('No first screen is kept.');
    const changed = (await kept.text()).replace(/(<h1[^>]*>)[^<]*/, '$1What was asked before');
    await cache.put(key, new Response(changed, { headers: kept.headers }));
  }, FIRST_SCREENS);
  await first.page.close();

  const { kiosk, letGo } = await startSlowly();
  await kiosk.page.getByRole('heading', { name: 'What was asked before' }).waitFor();
  await kiosk.face('very-satisfied').tap();
  await letGo();

  await until(
    'the question of today',
    async () => (await kiosk.page.getByRole('heading', { name: 'What was' }).count()) === 0,
  );
  await expect.poll(() => keptScreens(kiosk.page)).not.toContainEqual(expect.stringContaining('What was'));
  await kiosk.see('attract');
  expect(await chosenLevels(kiosk.page)).toEqual([]);
});

it('serves it under the policy of the page, and as the page was built where there is none to serve', async () => {
  const page = await tablet.newPage();
  const serve = async (): Promise<{ html: string; policy: string }> => {
    const reply = await page.goto(`${server.origin}/kiosk/`);
    if (reply?.fromServiceWorker() !== true) throw new Error('The page came from elsewhere.');
    return { html: await reply.text(), policy: reply.headers()['content-security-policy'] ?? '' };
  };
  const filled = await serve();
  expect(filled.html).toContain('data-screen="attract"');
  expect(filled.policy).toContain("script-src 'self'");
  await page.evaluate((name) => caches.delete(name), FIRST_SCREENS);
  const plain = await serve();
  expect(plain.html).toContain('<div id="app"></div>');
  expect(plain.policy).toBe(filled.policy);
  await kioskOn(page, server.origin).see('attract');
});

it('is the French first screen, whatever the visitor before had chosen', async () => {
  const kiosk = await openTablet();
  await kiosk.chooseLanguage('English');
  await kiosk.touchFace('fairly-dissatisfied');
  await kiosk.open();
  await kiosk.see('attract');
  const [kept = ''] = await keptScreens(kiosk.page);
  expect(kept).toContain('Languages');
  expect(kept).not.toContain('checked');
  expect(kept).not.toContain('English');
});

async function openTablet(): Promise<KioskPage> {
  const kiosk = kioskOn(await tablet.newPage(), server.origin);
  await kiosk.open();
  await kiosk.see('attract');
  return kiosk;
}
