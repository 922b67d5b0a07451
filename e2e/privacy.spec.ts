import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKeptBrowser, DESK, launchBrowser, TABLET } from './chromium.ts';
import { openEnrolledKiosk, openKiosk } from './kiosk-page.ts';
import { watchPolicy } from './policy-watch.ts';
import { startServer, type TestServer } from './server-process.ts';
import { aVisitedTablet, tourKiosk, tourWebView } from './tours.ts';
import { openWebView } from './web-view.ts';

const SERVICE = 'services/ville-de-libourne/accueil-general';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** The files of a profile whose bytes hold a text, in either of the ways a browser writes one. */
function filesHolding(profileDir: string, text: string): readonly string[] {
  const forms = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le'), Buffer.from(text, 'latin1')];
  return readdirSync(profileDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return forms.some((form) => bytes.includes(form));
    });
}

it('T21 leaves nothing a visitor typed in the page or in the bytes of the profile for the next', async ({
  task,
}) => {
  const tablet = await createKeptBrowser();
  try {
    const context = await tablet.open();
    await context.clock.install();
    const kiosk = await openEnrolledKiosk(context, server);
    // Without a server the answer stays on the tablet: what waits must be unreadable, not gone.
    await server.stop();
    const canaries = ['CANARI-ENVOYE-7F3A91', 'CANARI-ABANDONNE-4C08', 'CANARI-accentué-ŒUVRE-5B'];

    await kiosk.touchFace('very-dissatisfied');
    await kiosk.answerQuestions('fairly-satisfied');
    await kiosk.page.getByRole('textbox').pressSequentially(`${canaries[0]} ${canaries[2]}`);
    await kiosk.touch('Envoyer');
    await kiosk.see('thanks');
    expect(await kiosk.page.content()).not.toContain('CANARI');
    await kiosk.touch('Revenir au début');

    await kiosk.touchFace('very-dissatisfied');
    await kiosk.answerQuestions('fairly-satisfied');
    expect(await kiosk.page.getByRole('textbox').inputValue()).toBe('');
    await kiosk.page.getByRole('textbox').pressSequentially(canaries[1] ?? '');
    await context.clock.fastForward(62_000);
    await kiosk.page.getByRole('alertdialog').waitFor();
    await context.clock.fastForward(32_000);
    await kiosk.see('attract');

    await kiosk.touchFace('very-satisfied');
    await kiosk.answerQuestions('very-satisfied');
    expect(await kiosk.page.getByRole('textbox').inputValue()).toBe('');
    expect(await kiosk.page.content()).not.toContain('CANARI');
    // What the search must find, or it is blind: the same texts written plainly where the outbox writes.
    await kiosk.page.evaluate(
      (plain) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('control', 1);
          opening.onupgradeneeded = () => opening.result.createObjectStore('texts');
          opening.onerror = () => reject(opening.error ?? new Error('not opened'));
          opening.onsuccess = () => {
            const writing = opening.result.transaction('texts', 'readwrite', { durability: 'strict' });
            for (const [key, text] of plain.entries()) writing.objectStore('texts').put(text, key);
            writing.oncomplete = () => resolve();
          };
        }),
      ['TEMOIN-7F3A91', 'TEMOIN-accentué-ŒUVRE-5B'],
    );
    await context.close();

    for (const control of ['TEMOIN-7F3A91', 'TEMOIN-accentué-ŒUVRE-5B'])
      expect(filesHolding(tablet.profileDir, control), control).not.toEqual([]);
    const found = canaries.flatMap((canary) => filesHolding(tablet.profileDir, canary));
    expect(found).toEqual([]);
    task.meta.figures = { canaries: canaries.length, filesHolding: found.length, controlsFound: 2 };
  } finally {
    await tablet.dispose();
    await server.start();
  }
});

it('asks nothing of any other origin, from enrolment to thanks', async () => {
  const context = await browser.newContext(TABLET);
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  const kiosk = await openEnrolledKiosk(context, server);
  await kiosk.beReadyOffline();
  await kiosk.makeVisit({ code: 'very-satisfied', text: 'Rien à signaler' });
  await expect.poll(() => asked.some((url) => url.endsWith('/api/v1/push')), { timeout: 15_000 }).toBe(true);
  const origins = new Set(
    asked.filter((url) => /^(https?|wss?):/.test(url)).map((url) => new URL(url).origin),
  );
  expect([...origins]).toEqual([server.origin]);
  await context.close();
});

it('lets the service worker serve the kiosk alone: never the API, never the web view', async () => {
  const context = await browser.newContext(TABLET);
  const first = await openEnrolledKiosk(context, server);
  await first.beReadyOffline();
  await first.page.close();
  const served = new Map<string, boolean>();
  context.on('response', (response) => {
    const { pathname } = new URL(response.url());
    served.set(pathname, (served.get(pathname) ?? false) || response.fromServiceWorker());
  });

  const kiosk = await openKiosk(context, server.origin);
  await kiosk.makeVisit({ code: 'very-satisfied' });
  await expect.poll(() => served.has('/api/v1/push'), { timeout: 15_000 }).toBe(true);
  const scopes = await kiosk.page.evaluate(async () =>
    (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
  );
  expect(scopes).toEqual([`${server.origin}/kiosk/`]);
  expect(served.get('/kiosk/')).toBe(true);
  for (const [path, isFromWorker] of served)
    if (path.startsWith('/api/')) expect(isFromWorker, path).toBe(false);

  await context.setOffline(true);
  const offline = await kiosk.page.evaluate(() =>
    fetch('/api/v1/openapi.json').then(
      () => 'answered',
      () => 'refused',
    ),
  );
  expect(offline).toBe('refused');
  await context.setOffline(false);
  await kiosk.page.goto(`${server.origin}/admin/`);
  expect(await kiosk.page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  await context.close();
});

it('shows every screen of the kiosk without one violation of its content security policy', async () => {
  const context = await browser.newContext(TABLET);
  await context.clock.install();
  const watch = await watchPolicy(
    context,
    // Refusing a code and cutting off the assignment are part of the tour.
    (line) => line.includes('Failed to load resource'),
  );
  await tourKiosk(context, server, 'fr', async () => undefined);
  expect(watch.complaints).toEqual([]);
  await context.close();
});

it('shows every page of the web view without one violation of its content security policy', async () => {
  const tablet = await browser.newContext(TABLET);
  await aVisitedTablet(tablet, server, 'De la part d’un <script>alert(1)</script>');
  await tablet.close();
  const view = await openWebView(browser, server);
  const watch = await watchPolicy(view.context);
  await tourWebView(view, SERVICE, async () => undefined);
  expect(watch.complaints).toEqual([]);
  await view.context.close();

  const nobody = await browser.newContext(DESK);
  const nobodyWatch = await watchPolicy(nobody, (line) => line.includes('401'));
  const page = await nobody.newPage();
  await page.goto(`${server.origin}/admin/`);
  await page.getByRole('button', { name: 'Se connecter' }).waitFor();
  expect(nobodyWatch.complaints).toEqual([]);
  await nobody.close();
});

it('would see a violation: an image from elsewhere is refused and reported', async () => {
  const context = await browser.newContext(DESK);
  const watch = await watchPolicy(context);
  for (const path of ['kiosk', 'admin']) {
    const page = await context.newPage();
    await page.goto(`${server.origin}/${path}/`);
    await page.evaluate(() => {
      const image = document.createElement('img');
      image.src = 'https://elsewhere.example/pixel.png';
      document.body.append(image);
    });
    await expect
      .poll(() => watch.complaints.filter((line) => line.startsWith(`/${path}/`)).length)
      .toBeGreaterThan(0);
  }
  await context.close();
});
