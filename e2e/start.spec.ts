import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DESK, launchBrowser, TABLET } from './chromium.ts';
import { kioskOn } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

it('prints where everything is, with links that let a tablet and a person in, once', async () => {
  await expect.poll(() => server.output(), { timeout: 10_000 }).toContain('/admin/#link=');
  const screen = server.output();
  expect(screen).toContain(server.dataDir);
  const links = screen.match(/http:\/\/\S+/g) ?? [];
  const enrolmentLink = links.find((link) => link.includes('/kiosk/#code=')) ?? '';
  const signInLink = links.find((link) => link.includes('/admin/#link=')) ?? '';

  const tablet = await browser.newContext(TABLET);
  const kiosk = kioskOn(await tablet.newPage(), server.origin);
  await kiosk.page.goto(enrolmentLink);
  await kiosk.see('attract');
  // The secret does not stay in the address.
  expect(kiosk.page.url()).not.toContain('code=');
  await tablet.close();

  const desk = await browser.newContext(DESK);
  const page = await desk.newPage();
  await page.goto(signInLink);
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
  expect(page.url()).not.toContain('link=');
  await desk.close();

  const late = await browser.newContext(DESK);
  const again = await late.newPage();
  await again.goto(signInLink);
  await again.getByText('inconnu, déjà utilisé ou périmé').waitFor();
  await late.close();
});
