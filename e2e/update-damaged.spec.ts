import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import type { Damage, Piece } from './altering-proxy.ts';
import { launchBrowser, TABLET } from './chromium.ts';
import { startServer, type TestServer } from './server-process.ts';
import { startUpdatingTablet, type UpdatingTablet } from './updating-tablet.ts';

/** Enough for the answers of a visit, and for no new version. */
const ROOM_LEFT_BYTES = 30_000;

let browser: Browser;
let server: TestServer;
/** One tablet goes from damage to damage, as it would over the years; after a test that failed, a new one does. */
let tablet: UpdatingTablet | null = null;
let running: string;
let released: number;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterAll(async () => {
  await tablet?.close();
  await browser?.close();
  await server?.dispose();
});

/** The tablet, with the next version at its door. */
async function facingNext(): Promise<{ readonly tablet: UpdatingTablet; readonly next: string }> {
  const facing = tablet ?? (await startUpdatingTablet(await browser.newContext(TABLET), server));
  if (tablet === null) [tablet, running, released] = [facing, 'first', 0];
  onTestFailed(async () => {
    tablet = null;
    await facing.close();
  });
  released += 1;
  const next = `number-${released}`;
  await facing.proxy.releaseVersion(next);
  return { tablet: facing, next };
}

/** The new version comes as if nothing had been. */
async function seeItTaken({ tablet: facing, next }: Awaited<ReturnType<typeof facingNext>>): Promise<void> {
  expect(await facing.lookForVersion()).toBe('waiting');
  await facing.seeVersion(next);
  running = next;
  await facing.startOffline(next);
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

describe('T16 a new version is not installed, and the old one goes on, when', { timeout: 90_000 }, () => {
  it.each(DAMAGES)('%s', async (_name, piece, how) => {
    const facing = await facingNext();
    const { proxy, lookForVersion, startOffline } = facing.tablet;
    proxy.damage(piece, how);
    const askedBefore = proxy.asksForDamaged;
    expect(await lookForVersion()).toBe('none');
    expect(proxy.asksForDamaged).toBeGreaterThan(askedBefore);
    await startOffline(running);
    proxy.mend();
    await seeItTaken(facing);
  });

  it('there is no room for it', async () => {
    const facing = await facingNext();
    const { kiosk, proxy, lookForVersion, startOffline } = facing.tablet;
    const { origin } = proxy;
    const session = await kiosk.page.context().newCDPSession(kiosk.page);
    const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + ROOM_LEFT_BYTES });
    expect(await lookForVersion()).toBe('none');
    await startOffline(running);
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await seeItTaken(facing);
  });

  it('two fail one after the other before a page that is never loaded anew; it takes the third', async () => {
    const facing = await facingNext();
    const { proxy, lookForVersion } = facing.tablet;
    for (const how of ['missing', 'portal'] as const) {
      proxy.damage('part', how);
      expect(await lookForVersion()).toBe('none');
    }
    proxy.mend();
    await seeItTaken(facing);
  });

  it('and after all of it the answer that waited is sent, once', async () => {
    const { tablet: facing } = await facingNext();
    await facing.sendEverything();
  });
});
