import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { CLOSING_MS } from '../kiosk/visit/idle-clock.ts';
import { type AlteringProxy, startAlteringProxy } from './altering-proxy.ts';
import { type KioskPage, kioskOn } from './kiosk-page.ts';
import type { TestServer } from './server-process.ts';
import { type ArrivingAnswers, watchAnswers } from './stored-answers.ts';

/** A tablet whose server may release, damage and take back versions, with answers that have not been sent. */
export interface UpdatingTablet {
  readonly proxy: AlteringProxy;
  readonly kiosk: KioskPage;
  /** Has the browser look for a new version, as the kiosk does every so often; tells what came of it. */
  lookForVersion(): Promise<'waiting' | 'none'>;
  /** Which version the page on the screen was loaded from: a mark, or `first`. */
  runningVersion(): Promise<string>;
  /** Leaves the tablet alone for so long that its page may be replaced, and waits until it has been. */
  seeVersion(version: string): Promise<void>;
  /** Starts without network: the version is the one that is told, no answer is lost, and each part can be loaded. */
  startOffline(version: string): Promise<void>;
  /** The network is back, everything is whole: exactly the answers given arrive. */
  sendEverything(): Promise<void>;
  close(): Promise<void>;
}

/** What was left before any update. */
const UNSENT = 1;

/** Enrols a fresh tablet behind a proxy of its own; its one answer waits, since the API is out of reach. */
export async function startUpdatingTablet(
  context: BrowserContext,
  server: TestServer,
): Promise<UpdatingTablet> {
  const proxy = await startAlteringProxy(server.origin);
  await context.clock.install();
  const kiosk = kioskOn(await context.newPage(), proxy.origin);
  const { code } = await server.createEnrolment();
  await kiosk.open();
  await kiosk.see('enrol');
  await kiosk.page.getByRole('textbox').fill(code);
  await kiosk.page.locator('button[type="submit"]').tap();
  await kiosk.see('attract');
  await kiosk.beReadyOffline();
  const arriving = watchAnswers(server);
  proxy.setDown('api');
  await kiosk.makeVisit({ code: 'very-satisfied', text: 'Avant la mise à jour' });
  await context.clock.fastForward(CLOSING_MS);
  await kiosk.touch('Revenir au début');
  await kiosk.see('attract');
  return updatingTabletOn({ context, proxy, kiosk, arriving });
}

/** The same tablet, after its browser has been killed and opened again on its profile. */
export function updatingTabletOn({
  context,
  proxy,
  kiosk,
  arriving,
}: {
  readonly context: BrowserContext;
  readonly proxy: AlteringProxy;
  readonly kiosk: KioskPage;
  readonly arriving: ArrivingAnswers;
}): UpdatingTablet {
  const { page } = kiosk;
  const tablet: UpdatingTablet = {
    proxy,
    kiosk,
    lookForVersion: () => lookForVersion(page),
    runningVersion: () => runningVersion(page),
    seeVersion: async (version) => {
      // Bit by bit: what falls due over a minute would otherwise be done in one moment, which no tablet lives through.
      const shown = async () => {
        await context.clock.fastForward(2_000);
        return runningVersion(page);
      };
      await expect.poll(shown, { timeout: 60_000, interval: 40 }).toBe(version);
      await kiosk.see('attract');
    },
    startOffline: async (version) => {
      proxy.setDown('everything');
      await context.setOffline(true);
      await page.reload();
      await kiosk.see('attract');
      expect(await runningVersion(page)).toBe(version);
      await page.getByText(`${UNSENT} en attente`).waitFor();
      expect(await loadParts(page)).toEqual([]);
      await context.setOffline(false);
      proxy.setDown('api');
    },
    sendEverything: async () => {
      proxy.setDown('nothing');
      const arrived = async () => {
        await context.clock.fastForward(30_000);
        return arriving.now().length;
      };
      await expect.poll(arrived, { timeout: 30_000, interval: 250 }).toBeGreaterThanOrEqual(UNSENT);
      expect((await arriving.onceThereAre(UNSENT))[0]).toMatchObject({ text: 'Avant la mise à jour' });
    },
    close: async () => {
      await context.close();
      await proxy.close();
    },
  };
  return tablet;
}

/** Loads every part that the page's own script names, and tells those that could not be. */
export function loadParts(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(LOAD_PARTS);
}

/** As text: the `import()` of a test's own function is rewritten before it gets to the page. */
const LOAD_PARTS = `(async () => {
  const script = document.querySelector('script[src*="/kiosk-"]');
  const text = await (await fetch(script.src)).text();
  const parts = [...text.matchAll(/"?([a-z][\\w-]*)"?:"([0-9a-f]{8})(?: [0-9a-f]{8})?"/g)];
  const addresses = parts.map(([, name, digest]) => '/kiosk/assets/' + name + '-' + digest + '.js');
  if (addresses.length === 0) return ['The script names no part.'];
  const missed = [];
  for (const address of addresses)
    await import(new URL(address, location.href).href).catch((cause) => missed.push(address + ': ' + cause));
  return missed;
})()`;

function runningVersion(page: Page): Promise<string> {
  const version = () => document.querySelector('meta[name="build"]')?.getAttribute('content') ?? 'first';
  // While the page is being replaced there is none to ask.
  return page.evaluate(version).catch(() => 'none');
}

/** Asked from here, not by a frame or a timer of the page: those stand still where the page is not the one in front. */
async function lookForVersion(page: Page): Promise<'waiting' | 'none'> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => undefined);
  });
  const state = () =>
    page.evaluate(async () => {
      const { installing, waiting } = await navigator.serviceWorker.ready;
      if (installing !== null) return 'installing';
      return waiting === null ? 'none' : 'waiting';
    });
  await expect.poll(state, { timeout: 60_000, interval: 100 }).not.toBe('installing');
  return (await state()) === 'waiting' ? 'waiting' : 'none';
}
