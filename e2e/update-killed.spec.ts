import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Piece } from './altering-proxy.ts';
import { createKeptBrowser } from './chromium.ts';
import { kioskOn } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { watchAnswers } from './stored-answers.ts';
import { startUpdatingTablet, updatingTabletOn } from './updating-tablet.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.dispose());

const IS_NIGHT = process.env['PARVIS_NIGHTLY'] === '1';

it.each<Piece>(IS_NIGHT ? ['part', 'script', 'page'] : ['script'])(
  'T16 a browser killed while a new version is being fetched, at its %s, starts without network and takes the version later',
  async (piece) => {
    const browser = await createKeptBrowser();
    const arriving = watchAnswers(server);
    try {
      const before = await startUpdatingTablet(await browser.open(), server);
      const { proxy } = before;
      await proxy.releaseVersion('second');
      proxy.damage(piece, 'held back');
      void before.lookForVersion().catch(() => 'none');
      await expect.poll(() => proxy.asksForDamaged, { timeout: 15_000 }).toBeGreaterThan(0);
      browser.kill();
      proxy.mend();

      proxy.setDown('everything');
      const context = await browser.open();
      await context.clock.install();
      await context.setOffline(true);
      const kiosk = kioskOn(context.pages()[0] ?? (await context.newPage()), proxy.origin);
      await kiosk.open();
      await kiosk.see('attract');
      const after = updatingTabletOn({ context, proxy, kiosk, arriving });
      await after.startOffline('first');
      expect(await after.lookForVersion()).toBe('waiting');
      await after.seeVersion('second');
      await after.startOffline('second');
      await after.sendEverything();
      await after.close();
    } finally {
      await browser.dispose();
    }
  },
);
