import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, TABLET } from './chromium.ts';
import { visitAtFullSpeed } from './full-speed.ts';
import { kioskOn, openEnrolledKiosk } from './kiosk-page.ts';
import { type Holdings, meterPage } from './page-meter.ts';
import { startServer, type TestServer } from './server-process.ts';
import { until } from './until.ts';

/** Compiled code, caches and buffers reach their size in the first visits; what is measured comes after them. */
const WARM_UP_VISITS = 40;
const VISITS = Number(process.env['SOAK_VISITS'] ?? (process.env['PARVIS_NIGHTLY'] === '1' ? 10_000 : 40));
/** What may be left of a thousand visits. */
const BYTES_PER_THOUSAND = 5_000_000;
/** A reading goes up and down by so much by itself: nothing that a few dozen visits can tell from growth. */
const NOISE_BYTES = 250_000;
const MINUTE_MS = 60_000;

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

it(
  `T23 ${VISITS} visits at full speed leave nothing behind in the page`,
  async () => {
    const context = await browser.newContext(TABLET);
    await context.clock.install();
    await (await openEnrolledKiosk(context, server)).page.close();
    const page = await context.newPage();
    const meter = await meterPage(page);
    const kiosk = kioskOn(page, server.origin);
    await kiosk.open();
    await kiosk.see('attract');
    await kiosk.beReadyOffline();
    const makeVisits = async (first: number, count: number) => visitAtFullSpeed(kiosk, { first, count });
    const atRest = async (): Promise<Holdings> => {
      await until(
        'all answers sent',
        async () => (await page.getByText('en attente').count()) === 0,
        MINUTE_MS,
      );
      await page.waitForTimeout(2_000);
      return meter.read();
    };

    await makeVisits(0, WARM_UP_VISITS);
    const before = await atRest();
    const readings: string[] = [];
    for (let made = 0; made < VISITS; ) {
      const count = Math.min(Math.max(20, Math.ceil(VISITS / 10)), VISITS - made);
      await makeVisits(made, count);
      made += count;
      const { heapBytes } = await meter.read();
      readings.push(`${made}: ${((heapBytes - before.heapBytes) / 1_000).toFixed(0)} kB`);
    }
    const after = await atRest();
    const grown = after.heapBytes - before.heapBytes;
    process.stdout.write(
      `T23 heap ${(before.heapBytes / 1e6).toFixed(2)} MB, grown by ${(grown / 1_000).toFixed(0)} kB in ${VISITS} visits (${readings.join(', ')})\n`,
    );
    process.stdout.write(`T23 before ${JSON.stringify(before)} after ${JSON.stringify(after)}\n`);
    expect(grown).toBeLessThan((BYTES_PER_THOUSAND * VISITS) / 1_000 + NOISE_BYTES);
    expect(after.listeners).toBeLessThanOrEqual(before.listeners);
    expect(after.documents).toBeLessThanOrEqual(before.documents);
    expect(after.nodes).toBeLessThanOrEqual(before.nodes + 20);
    expect(after.timers).toBeLessThanOrEqual(before.timers);
    expect(after.objectUrls).toBe(0);
    await context.close();
  },
  Math.max(5 * MINUTE_MS, VISITS * 500),
);
