import type { Browser, BrowserContext, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLOSING_MS } from '../kiosk/visit/idle-clock.ts';
import { launchBrowser, TABLET } from './chromium.ts';
import { openEnrolledKiosk } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { watchAnswers } from './stored-answers.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
  context = await browser.newContext(TABLET);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

async function middleOf(target: Locator): Promise<readonly [x: number, y: number]> {
  const box = await target.boundingBox();
  if (box === null) throw new Error(`${String(target)} is not to be seen.`);
  return [box.x + box.width / 2, box.y + box.height / 2];
}

it('answers one question by a double tap, and starts no visit for whom drums on the thanks', async () => {
  const kiosk = await openEnrolledKiosk(context, server);
  const { page } = kiosk;
  const arriving = watchAnswers(server);
  const first = await kiosk.itemId();
  const face = await middleOf(kiosk.face('very-dissatisfied'));

  await page.touchscreen.tap(...face);
  await expect.poll(() => kiosk.itemId(), { interval: 5 }).not.toBe(first);
  const second = await kiosk.itemId();
  await page.touchscreen.tap(...face);
  await page.waitForTimeout(500);
  expect(await kiosk.itemId()).toBe(second);
  expect(await page.locator('input:checked').count()).toBe(0);

  await kiosk.touch('Terminer');
  await kiosk.see('thanks');
  const thankedAt = performance.now();
  let taps = 0;
  while (performance.now() - thankedAt < CLOSING_MS - 800) {
    await page.touchscreen.tap(...face);
    taps += 1;
    await page.waitForTimeout(100);
    expect(await page.locator('[data-screen="thanks"]').count()).toBe(1);
  }
  expect(taps).toBeGreaterThan(10);
  await kiosk.touch('Revenir au début');
  await kiosk.see('attract');

  const [answer] = await arriving.onceThereAre(1);
  expect(answer).toMatchObject({ disposition: 'complete', codes: { [first]: 'very-dissatisfied' } });
});
