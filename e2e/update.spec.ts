import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AlteringProxy, startAlteringProxy } from './altering-proxy.ts';
import { launchBrowser, TABLET } from './chromium.ts';
import { kioskOn } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { watchAnswers } from './stored-answers.ts';

let browser: Browser;
let server: TestServer;
let proxy: AlteringProxy;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
  proxy = await startAlteringProxy(server.origin);
});
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.dispose();
});

/** Which version the page on the screen was loaded from. */
function runningVersion(page: Page): Promise<string> {
  return page.evaluate(
    () => document.querySelector('meta[name="build"]')?.getAttribute('content') ?? 'first',
  );
}

/** Has the browser look for a new version, as it does by itself every so often, and waits until one is installed and waits. */
async function findNewVersion(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (registration.waiting === null && registration.installing !== null)
      await new Promise((resolve) => setTimeout(resolve, 20));
  });
}

it('applies a new version on the attract screen only, never in the middle of a visit', async () => {
  const context = await browser.newContext(TABLET);
  const kiosk = kioskOn(await context.newPage(), proxy.origin);
  const { page } = kiosk;
  const { code } = await server.createEnrolment();
  await kiosk.open();
  await kiosk.see('enrol');
  await page.getByRole('textbox').fill(code);
  await page.locator('button[type="submit"]').tap();
  await kiosk.see('attract');
  await kiosk.beReadyOffline();
  const arriving = watchAnswers(server);

  const first = await kiosk.touchFace('very-satisfied');
  await proxy.releaseVersion('second');
  await findNewVersion(page);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.state)).toBe(
    'installed',
  );
  const others = await kiosk.answerQuestions('fairly-satisfied');
  await kiosk.see('suggestion');
  await kiosk.type('Rien ne doit se recharger ici');
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await runningVersion(page)).toBe('first');
  expect(await page.getByRole('textbox').inputValue()).toBe('Rien ne doit se recharger ici');
  await kiosk.touch('Envoyer');
  await kiosk.see('thanks');
  expect(await runningVersion(page)).toBe('first');

  await kiosk.touch('Revenir au début');
  await kiosk.see('attract');
  await expect.poll(() => runningVersion(page).catch(() => 'loading'), { timeout: 30_000 }).toBe('second');
  await kiosk.see('attract');
  const answers = await arriving.onceThereAre(1);
  expect(answers[0]).toMatchObject({
    codes: { [first]: 'very-satisfied', ...others },
    disposition: 'complete',
  });

  await kiosk.makeVisit({ code: 'very-satisfied' });
  await arriving.onceThereAre(2);
  await context.close();
});

it('starts without network from the new version once it has been applied', async () => {
  const context = await browser.newContext(TABLET);
  const page = await context.newPage();
  await page.goto(`${proxy.origin}/kiosk/`);
  await kioskOn(page, proxy.origin).beReadyOffline();
  await proxy.releaseVersion('third');
  await findNewVersion(page);
  await expect.poll(() => runningVersion(page).catch(() => 'loading'), { timeout: 30_000 }).toBe('third');
  await context.setOffline(true);
  await page.reload();
  await kioskOn(page, proxy.origin).see('enrol');
  expect(await runningVersion(page)).toBe('third');
  await context.close();
});
