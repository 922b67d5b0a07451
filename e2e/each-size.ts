import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { launchBrowser, TABLET } from './chromium.ts';
import { type KioskPage, openEnrolledKiosk } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { SIZES_OF_THIS_RUN } from './targets.ts';

/** What a test of a requirement has before it. */
export interface FreshTablet {
  readonly tablet: BrowserContext;
  readonly kiosk: KioskPage;
  readonly page: Page;
  readonly server: TestServer;
}

/**
 * The same tests on a tablet of each size of the run: one browser and one server for the file, a fresh tablet at its first screen for each test.
 *
 * @param tests are handed the way to the tablet of the test that runs
 */
export function onEachSize(
  tests: (fresh: () => FreshTablet) => void,
  { isClockHeld = false }: { readonly isClockHeld?: boolean } = {},
): void {
  let browser: Browser;
  let server: TestServer;
  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), startServer()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  describe.each(SIZES_OF_THIS_RUN)('at $width × $height', (viewport) => {
    let fresh: FreshTablet;
    beforeEach(async () => {
      const tablet = await browser.newContext({ ...TABLET, viewport });
      if (isClockHeld) await tablet.clock.install();
      const kiosk = await openEnrolledKiosk(tablet, server);
      fresh = { tablet, kiosk, page: kiosk.page, server };
    });
    afterEach(() => fresh.tablet.close());
    tests(() => fresh);
  });
}
