import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createKeptBrowser, type KeptBrowser } from './chromium.ts';
import { kioskOn, openEnrolledKiosk } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { canMountSmallDisk, mountSmallDisk, type SmallDisk } from './small-disk.ts';
import { watchAnswers } from './stored-answers.ts';

const DISK_MEGABYTES = 8;
/** A full disk has room for a few answers more, in what is left of the last page. */
const TOUCHES_AT_MOST = 60;
/** Five seconds after the touch, and the time this machine takes to paint. */
const SAID_WITHIN_MS = 7_000;
const HEALED_WITHIN_MS = 90_000;

const canMount = canMountSmallDisk();
if (!canMount) process.stdout.write('SKIPPED: 1 test of a full disk. This machine mounts no small one.\n');

let server: TestServer;
let tablet: KeptBrowser;
let disk: SmallDisk | null = null;

beforeAll(async () => {
  server = await startServer();
});
afterEach(async () => {
  tablet?.kill();
  disk?.remove();
  await tablet?.dispose();
});
afterAll(async () => server?.dispose());

/** Makes visits until one cannot be stored; tells how many were thanked for, and how long the last one was left in doubt. */
async function visitUntilFull(page: Page): Promise<{ thanked: number; doubtMs: number }> {
  const kiosk = kioskOn(page, server.origin);
  const stored = page.locator('[data-screen="question"], [data-screen="suggestion"], [data-screen="thanks"]');
  const refused = page.locator('[data-screen="out-of-order"]');
  const back = page.getByRole('button', { name: 'Revenir au début' });
  let touchedAt = 0;
  for (let thanked = 0; thanked < TOUCHES_AT_MOST; thanked += 1) {
    await kiosk.see('attract');
    const code = thanked % 2 === 0 ? 'very-satisfied' : 'fairly-satisfied';
    for (const act of [async () => kiosk.face(code).tap(), async () => kiosk.touch('Terminer')]) {
      touchedAt = performance.now();
      await act();
      await stored.or(refused).first().waitFor({ timeout: SAID_WITHIN_MS });
      if ((await refused.count()) > 0) return { thanked, doubtMs: performance.now() - touchedAt };
    }
    await page
      .locator('[data-screen="thanks"], [data-screen="out-of-order"]')
      .waitFor({ timeout: SAID_WITHIN_MS });
    if ((await refused.count()) > 0) return { thanked, doubtMs: 0 };
    // It may be told by what is read during the thanks. These were said for an answer that is kept, and it must arrive.
    const left = back.tap({ timeout: SAID_WITHIN_MS }).catch(() => undefined);
    await Promise.race([left, refused.waitFor()]);
    if ((await refused.count()) > 0) return { thanked: thanked + 1, doubtMs: performance.now() - touchedAt };
  }
  throw new Error('The disk was never full.');
}

it.skipIf(!canMount)(
  'T5 never thanks for what a full disk did not take, says so, and collects again once there is room',
  async ({ task }) => {
    tablet = await createKeptBrowser();
    const first = await tablet.open();
    await (await openEnrolledKiosk(first, server)).beReadyOffline();
    await first.close();
    disk = mountSmallDisk(join(tablet.profileDir, 'Default/IndexedDB'), DISK_MEGABYTES);

    const context = await tablet.open();
    const kiosk = kioskOn(await context.newPage(), server.origin);
    await kiosk.open();
    await kiosk.see('attract');
    const arriving = watchAnswers(server);
    await context.setOffline(true);
    disk.fill();
    const { thanked, doubtMs } = await visitUntilFull(kiosk.page);
    process.stdout.write(
      `T5: ${thanked} thanked for on a full disk, the next told after ${Math.round(doubtMs)} ms\n`,
    );

    disk.free();
    await kiosk.see('attract', HEALED_WITHIN_MS);
    await kiosk.makeVisit({ code: 'fairly-dissatisfied' });
    await context.setOffline(false);
    // All that were thanked for, and the one given once there was room; the one that was refused may be there in part.
    await expect
      .poll(() => arriving.now().filter(({ disposition }) => disposition === 'complete').length, {
        timeout: HEALED_WITHIN_MS,
      })
      .toBe(thanked + 1);
    expect(arriving.now().length).toBeLessThanOrEqual(thanked + 2);
    const whole = arriving.now().filter(({ disposition }) => disposition === 'complete').length;
    task.meta.figures = { falseThanks: thanked + 1 - whole, noticeMs: Math.round(doubtMs) };
  },
);
