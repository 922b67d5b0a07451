import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, TABLET } from './chromium.ts';
import { kioskOn } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { loadParts, startUpdatingTablet, type UpdatingTablet } from './updating-tablet.ts';

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
});
afterEach(() => tablet.close());
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

describe('T16 a new version', { timeout: 90_000 }, () => {
  it('never comes in the middle of a visit, only once nobody has stood there for a minute', async () => {
    const { kiosk, proxy } = tablet;
    await kiosk.touchFace('very-satisfied');
    await proxy.releaseVersion('second');
    expect(await tablet.lookForVersion()).toBe('waiting');

    await kiosk.answerQuestions('fairly-satisfied');
    await kiosk.see('suggestion');
    await kiosk.type('Rien ne doit se recharger ici');
    // As long as somebody may think about what to write; then the question whether they are still there is answered.
    await context.clock.fastForward(62_000);
    await kiosk.touch('Oui, continuer');
    await context.clock.fastForward(50_000);
    expect(await tablet.runningVersion()).toBe('first');
    expect(await kiosk.page.getByRole('textbox').inputValue()).toBe('Rien ne doit se recharger ici');
    await kiosk.touch('Envoyer');
    await kiosk.see('thanks');
    await context.clock.fastForward(5_000);
    expect(await tablet.runningVersion()).toBe('first');
    await kiosk.touch('Revenir au début');
    await kiosk.see('attract');
    await context.clock.fastForward(50_000);
    expect(await tablet.runningVersion()).toBe('first');

    await tablet.seeVersion('second');
    await kiosk.page.getByText('2 en attente').waitFor();
  });

  it('starts without network once it has been applied, with its parts and the answers that wait', async () => {
    await tablet.proxy.releaseVersion('second');
    expect(await tablet.lookForVersion()).toBe('waiting');
    await tablet.seeVersion('second');
    await tablet.startOffline('second');
    await tablet.sendEverything();
  });

  it('is there when the network goes right after it has been fetched', async () => {
    await tablet.proxy.releaseVersion('second');
    expect(await tablet.lookForVersion()).toBe('waiting');
    tablet.proxy.setDown('everything');
    await context.setOffline(true);
    await tablet.seeVersion('second');
    await tablet.startOffline('second');
    await tablet.sendEverything();
  });

  it('may skip three others, that came and went while the tablet was without network', async () => {
    tablet.proxy.setDown('everything');
    for (const mark of ['second', 'third', 'fourth']) {
      await tablet.proxy.releaseVersion(mark);
      expect(await tablet.lookForVersion(), mark).toBe('none');
    }
    tablet.proxy.setDown('api');
    await tablet.proxy.releaseVersion('fifth');
    expect(await tablet.lookForVersion()).toBe('waiting');
    await tablet.seeVersion('fifth');
    await tablet.startOffline('fifth');
    await tablet.sendEverything();
  });

  it('replaces another that still waits', async () => {
    for (const mark of ['second', 'third', 'fourth']) {
      await tablet.proxy.releaseVersion(mark);
      expect(await tablet.lookForVersion(), mark).toBe('waiting');
    }
    await tablet.seeVersion('fourth');
    await tablet.startOffline('fourth');
    await tablet.sendEverything();
  });

  it('can be taken back: the one before it is installed as any other', async () => {
    await tablet.proxy.releaseVersion('second');
    expect(await tablet.lookForVersion()).toBe('waiting');
    await tablet.seeVersion('second');
    tablet.proxy.goBack();
    expect(await tablet.lookForVersion()).toBe('waiting');
    await tablet.seeVersion('first');
    await tablet.startOffline('first');
    await tablet.sendEverything();
  });

  it('comes to two pages of a tablet, each when nobody stands before it', async () => {
    const other = kioskOn(await context.newPage(), tablet.proxy.origin);
    await other.open();
    await other.touchFace('very-satisfied');
    await tablet.proxy.releaseVersion('second');
    expect(await tablet.lookForVersion()).toBe('waiting');
    await tablet.kiosk.page.bringToFront();
    for (let touch = 0; touch < 3; touch += 1) {
      await context.clock.fastForward(40_000);
      await other.page.evaluate(() => document.dispatchEvent(new Event('pointerdown')));
    }
    await expect.poll(() => tablet.runningVersion(), { timeout: 30_000 }).toBe('second');
    await other.see('question');
    const version = await other.page.evaluate(() =>
      document.querySelector('meta[name="build"]')?.getAttribute('content'),
    );
    expect(version).toBeUndefined();

    // The old page goes on, and what it has not loaded yet is still there for it, network or not.
    await context.setOffline(true);
    tablet.proxy.setDown('everything');
    expect(await loadParts(other.page)).toEqual([]);
    await context.setOffline(false);
    tablet.proxy.setDown('api');
    await other.touch('Terminer');
    await other.see('thanks');
    await other.page.close();
    // What another page has kept is counted when this one begins.
    await tablet.kiosk.page.reload();
    await tablet.kiosk.page.getByText('2 en attente').waitFor({ timeout: 30_000 });
  });
});
