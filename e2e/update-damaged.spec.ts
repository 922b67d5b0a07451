import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Damage, Piece } from './altering-proxy.ts';
import { launchBrowser, TABLET } from './chromium.ts';
import { startServer, type TestServer } from './server-process.ts';
import { startUpdatingTablet, type UpdatingTablet } from './updating-tablet.ts';

/** Enough for the answers of a visit, and for no new version. */
const ROOM_LEFT_BYTES = 30_000;

let browser: Browser;
let server: TestServer;
let context: BrowserContext;
let tablet: UpdatingTablet;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
beforeEach(async () => {
  context = await browser.newContext(TABLET);
  tablet = await startUpdatingTablet(context, server);
  await tablet.proxy.releaseVersion('second');
});
afterEach(() => tablet.close());
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** Whatever came of it, the tablet runs as before; and once the cause is gone, the new version comes as if nothing had been. */
async function seeItRecover(mend: () => Promise<void>): Promise<void> {
  await tablet.startOffline('first');
  await mend();
  expect(await tablet.lookForVersion()).toBe('waiting');
  await tablet.seeVersion('second');
  await tablet.startOffline('second');
  await tablet.sendEverything();
}

const DAMAGES: readonly (readonly [string, Piece, Damage])[] = [
  ['its script is missing', 'script', 'missing'],
  ['a part loaded on demand is missing', 'part', 'missing'],
  ['its page is missing', 'page', 'missing'],
  ['a portal’s page comes in place of its script', 'script', 'portal'],
  ['a portal’s page comes in place of its page', 'page', 'portal'],
  ['a portal’s page comes in place of a part', 'part', 'portal'],
  ['a portal’s page comes in place of its service worker', 'worker', 'portal'],
  ['its service worker is missing', 'worker', 'missing'],
  ['its script ends half-way', 'script', 'truncated'],
  ['a part ends half-way', 'part', 'truncated'],
];

/** Minutes long, and a browser under load may sit on an installation: for the night. */
const IS_NIGHT = process.env['PARVIS_NIGHTLY'] === '1';

describe.runIf(IS_NIGHT)('T16 a new version is not installed, and the old one goes on, when', () => {
  it.each(DAMAGES)('%s', async (_name, piece, how) => {
    tablet.proxy.damage(piece, how);
    expect(await tablet.lookForVersion()).toBe('none');
    expect(tablet.proxy.asksForDamaged).toBeGreaterThan(0);
    await seeItRecover(async () => tablet.proxy.mend());
  });

  it('there is no room for it', async () => {
    const { page } = tablet.kiosk;
    const session = await context.newCDPSession(page);
    const { origin } = tablet.proxy;
    const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + ROOM_LEFT_BYTES });
    expect(await tablet.lookForVersion()).toBe('none');
    await seeItRecover(async () => {
      await session.send('Storage.overrideQuotaForOrigin', { origin });
    });
  });
});
