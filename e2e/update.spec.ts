import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AlteringProxy, startAlteringProxy } from './altering-proxy.ts';
import { launchBrowser, TABLET } from './chromium.ts';
import { type KioskPage, kioskOn } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { watchAnswers } from './stored-answers.ts';

/** Longer than a tablet must be left alone before a new version may replace its page. */
const LEFT_ALONE_MS = 90_000;

let browser: Browser;
let server: TestServer;
let proxy: AlteringProxy;
let tablet: BrowserContext;
let kiosk: KioskPage;
let page: Page;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
beforeEach(async () => {
  proxy = await startAlteringProxy(server.origin);
  tablet = await browser.newContext(TABLET);
  await tablet.clock.install();
  kiosk = kioskOn(await tablet.newPage(), proxy.origin);
  ({ page } = kiosk);
  const { code } = await server.createEnrolment();
  await kiosk.open();
  await kiosk.see('enrol');
  await page.getByRole('textbox').fill(code);
  await page.locator('button[type="submit"]').tap();
  await kiosk.see('attract');
  await kiosk.beReadyOffline();
});
afterEach(async () => {
  await tablet.close();
  await proxy.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** Which version the page on the screen was loaded from. */
function runningVersion(): Promise<string> {
  const version = () => document.querySelector('meta[name="build"]')?.getAttribute('content') ?? 'first';
  // While the page is being replaced there is none to ask.
  return page.evaluate(version).catch(() => 'none');
}

/** Has the browser look for a new version, as the kiosk does every so often, and waits until one is installed and waits. */
async function installNewVersion(): Promise<void> {
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
  const waiting = () =>
    page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.state ?? 'none');
  await expect.poll(waiting, { timeout: 15_000 }).toBe('installed');
}

/** Leaves the tablet alone for so long that its page may be replaced, and waits until it has been. */
async function seeVersion(version: string): Promise<void> {
  await tablet.clock.fastForward(LEFT_ALONE_MS);
  await expect
    .poll(
      async () => {
        await tablet.clock.fastForward(2_000);
        return runningVersion();
      },
      { timeout: 30_000, interval: 250 },
    )
    .toBe(version);
  await kiosk.see('attract');
}

it('never applies a new version in the middle of a visit, only once nobody stands there any more', async () => {
  const arriving = watchAnswers(server);
  const first = await kiosk.touchFace('very-satisfied');
  await proxy.releaseVersion('second');
  await installNewVersion();

  const others = await kiosk.answerQuestions('fairly-satisfied');
  await kiosk.see('suggestion');
  await kiosk.type('Rien ne doit se recharger ici');
  // As long as somebody may think about what to write; then the question whether they are still there is answered.
  await tablet.clock.fastForward(62_000);
  await kiosk.touch('Oui, continuer');
  await tablet.clock.fastForward(50_000);
  expect(await runningVersion()).toBe('first');
  expect(await page.getByRole('textbox').inputValue()).toBe('Rien ne doit se recharger ici');
  await kiosk.touch('Envoyer');
  await kiosk.see('thanks');
  await tablet.clock.fastForward(5_000);
  expect(await runningVersion()).toBe('first');
  await kiosk.see('thanks');
  await arriving.onceThereAre(1);

  await seeVersion('second');
  const answers = arriving.now();
  expect(answers).toHaveLength(1);
  expect(answers[0]).toMatchObject({
    codes: { [first]: 'very-satisfied', ...others },
    text: 'Rien ne doit se recharger ici',
    disposition: 'complete',
  });
  await kiosk.makeVisit({ code: 'very-satisfied' });
  await arriving.onceThereAre(2);
});

it('starts without network from the new version once it has been applied', async () => {
  await proxy.releaseVersion('second');
  await installNewVersion();
  await seeVersion('second');
  await tablet.setOffline(true);
  await page.reload();
  await kiosk.see('attract');
  expect(await runningVersion()).toBe('second');
});

it('keeps the old version, able to start without network, when the new one comes damaged', async () => {
  await proxy.releaseVersion('second');
  proxy.damagePage();
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => undefined);
    while (registration.installing !== null) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
  expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting)).toBeNull();
  await tablet.clock.fastForward(LEFT_ALONE_MS);
  await tablet.setOffline(true);
  await page.reload();
  await kiosk.see('attract');
  expect(await runningVersion()).toBe('first');
});
