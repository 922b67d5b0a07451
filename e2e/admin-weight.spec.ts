import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './chromium.ts';
import { startServer, type TestServer } from './server-process.ts';
import { openWebView } from './web-view.ts';

const KB = 1_000;
/** What a first page of the web view may make a browser load, as a proxy would send it. */
const MOST_BYTES = 120 * KB;
/** What draws charts is named after what it draws. */
const DRAWS = /\/(draw-[a-z-]+|chart-png|chart-csv)-[\w-]+\.js$/;

let browser: Browser;
let server: TestServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

it('the first page of the web view loads at most 120 kB of script, and none that draws', async () => {
  const { page, context, goTo } = await openWebView(browser, server);
  const scripts = new Map<string, number>();
  page.on('response', (reply) => {
    if (reply.request().resourceType() === 'script') scripts.set(new URL(reply.url()).pathname, 0);
  });
  await goTo('');
  expect(scripts.size).toBeGreaterThan(0);
  for (const path of scripts.keys()) {
    const body = Buffer.from(await (await fetch(`${server.origin}${path}`)).arrayBuffer());
    scripts.set(path, gzipSync(body, { level: 9 }).byteLength);
  }
  const bytes = [...scripts.values()].reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(20 * KB);
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  // It is there, for the page that shows a chart.
  const built = readdirSync(new URL('../dist/web/admin/assets', import.meta.url)).map((name) => `/${name}`);
  expect(built.some((name) => DRAWS.test(name))).toBe(true);
  expect([...scripts.keys()].filter((path) => DRAWS.test(path))).toEqual([]);
  await context.close();
});
