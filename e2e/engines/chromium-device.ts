import type { BrowserContext } from 'playwright-core';
import { createKeptBrowser } from '../chromium.ts';
import { endProcess, familyOf } from '../processes.ts';
import { callAsText, type Device, foundIn, type Tab } from './device.ts';

/**
 * Chromium, through Playwright.
 *
 * @param switches choose the IndexedDB engine
 */
export async function createChromiumDevice(switches: readonly string[]): Promise<Device> {
  const browser = await createKeptBrowser(switches);
  let context: BrowserContext | null = null;
  return {
    profileDir: browser.profileDir,
    async open() {
      context = await browser.open();
      return tabOver(context);
    },
    close: async () => context?.close(),
    async kill() {
      const closed = context?.waitForEvent('close');
      browser.kill();
      await closed;
    },
    async killStorageProcess() {
      // IndexedDB lives in a service of its own only where it is told to; by default in the browser itself.
      const storage = familyOf(({ commandLine }) => commandLine.includes(browser.profileDir)).filter(
        ({ commandLine }) => commandLine.includes('storage.mojom.StorageService'),
      );
      for (const one of storage) endProcess(one);
      return storage.length;
    },
    dispose: () => browser.dispose(),
  };
}

function tabOver(context: BrowserContext): Tab {
  const [page] = context.pages();
  if (page === undefined) throw new Error('Chromium opened no page.');
  return {
    goTo: async (url) => {
      await page.goto(url);
    },
    run: async (script, ...words) => foundIn(await page.evaluate<string>(callAsText(script, words))),
    touchAt: (x, y) => page.touchscreen.tap(x, y),
    type: (text) => page.keyboard.type(text),
    picture: () => page.screenshot(),
  };
}
