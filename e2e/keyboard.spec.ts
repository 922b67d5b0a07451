import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DESK, LANDSCAPE, launchBrowser, TABLET } from './chromium.ts';
import { pressOn, tabTo } from './keyboard.ts';
import { type KioskPage, openEnrolledKiosk } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { watchAnswers } from './stored-answers.ts';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

function focusedTag(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.tagName ?? 'none');
}

/** Goes into the question's radio buttons by Tab. */
async function enterFaces(kiosk: KioskPage): Promise<void> {
  const { page } = kiosk;
  for (let step = 0; step < 10; step += 1) {
    await page.keyboard.press('Tab');
    if ((await focusedTag(page)) === 'INPUT') return;
  }
  throw new Error('Tab never reached a face.');
}

it('takes a whole visit by keyboard alone', async () => {
  const context = await browser.newContext({ viewport: LANDSCAPE, locale: 'fr-FR' });
  const kiosk = await openEnrolledKiosk(context, server);
  const { page } = kiosk;
  const arriving = watchAnswers(server);
  const given: Record<string, string> = {};

  // The first question: down two faces, back one, and Space means it.
  const first = await kiosk.itemId();
  await enterFaces(kiosk);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Space');
  await kiosk.see('question');
  given[first] = 'fairly-satisfied';

  // « Modifier » and back, with Enter.
  await pressOn(page, page.getByRole('button', { name: 'Modifier' }), 'Enter');
  await expect.poll(() => kiosk.itemId()).toBe(first);
  // Tab begins with the first level, whatever was chosen.
  await enterFaces(kiosk);
  await page.keyboard.press('Enter');
  await expect.poll(() => kiosk.itemId()).not.toBe(first);
  given[first] = 'very-satisfied';

  for (let question = 0; question < 3; question += 1) {
    const itemId = await kiosk.itemId();
    // The focus follows the paint.
    await expect.poll(() => focusedTag(page)).toBe('H1');
    await enterFaces(kiosk);
    await page.keyboard.press('Space');
    given[itemId] = 'very-satisfied';
    await expect.poll(() => page.locator(`fieldset[data-item="${itemId}"]`).count()).toBe(0);
  }
  await kiosk.see('suggestion');
  await tabTo(page, page.getByRole('textbox'));
  await page.keyboard.type('Tapé au clavier');
  await pressOn(page, page.getByRole('button', { name: 'Envoyer' }), 'Enter');
  await kiosk.see('thanks');
  await pressOn(page, page.getByRole('button', { name: 'Revenir au début' }), 'Enter');
  await kiosk.see('attract');

  const [answer] = await arriving.onceThereAre(1);
  expect(answer).toMatchObject({ disposition: 'complete', codes: given, text: 'Tapé au clavier' });
  await context.close();
});

it('gives no answer by arrow keys alone', async () => {
  const context = await browser.newContext({ viewport: LANDSCAPE, locale: 'fr-FR' });
  const kiosk = await openEnrolledKiosk(context, server);
  const { page } = kiosk;
  const arriving = watchAnswers(server);
  const itemId = await kiosk.itemId();
  await enterFaces(kiosk);
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'ArrowRight']) {
    await page.keyboard.press(key);
    await page.waitForTimeout(100);
    expect(await kiosk.itemId()).toBe(itemId);
    await kiosk.see('attract');
  }
  expect(await page.locator('input:checked').count()).toBe(1);
  await page.reload();
  await kiosk.see('attract');
  await page.waitForTimeout(1_000);
  expect(arriving.now()).toEqual([]);
  await context.close();
});

it('enrols a tablet by keyboard alone', async () => {
  const context = await browser.newContext({ viewport: LANDSCAPE, locale: 'fr-FR' });
  const page = await context.newPage();
  const { code } = await server.createEnrolment();
  await page.goto(`${server.origin}/kiosk/`);
  await tabTo(page, page.getByRole('textbox'));
  await page.keyboard.type(code.toLowerCase());
  await page.keyboard.press('Enter');
  await page.locator('[data-screen="attract"]').waitFor();
  await context.close();
});

it('does the whole weekly reading by keyboard alone', async () => {
  const tablet = await browser.newContext(TABLET);
  const kiosk = await openEnrolledKiosk(tablet, server);
  const arriving = watchAnswers(server);
  for (const text of ['Le plus ancien', 'Cite Madame X au guichet']) {
    await kiosk.makeVisit({ code: 'very-satisfied', text });
    await kiosk.touch('Revenir au début');
  }
  await arriving.onceThereAre(2);
  await tablet.close();

  const context = await browser.newContext(DESK);
  const page = await context.newPage();
  const settled = () => page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  const address = () => new URL(page.url());
  await page.goto(await server.createSignInLink());
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
  await settled();

  // The skip link comes first and leads to the contents.
  await page.keyboard.press('Tab');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Aller au contenu');

  // Semaine: one period back, and again on; then the service.
  const opened = address().searchParams.get('period');
  await pressOn(page, page.getByRole('link', { name: /^Période précédente/ }), 'Enter');
  await expect.poll(() => address().searchParams.get('period')).not.toBe(opened);
  await settled();
  await pressOn(page, page.getByRole('link', { name: /^Période suivante/ }), 'Enter');
  await expect.poll(() => address().searchParams.get('period')).toBe(opened);
  await settled();
  await pressOn(page, page.getByRole('link', { name: 'Mois' }), 'Enter');
  await expect.poll(() => address().searchParams.get('period')).toMatch(/^\d{4}-\d{2}$/);
  await settled();
  await pressOn(page, page.getByRole('link', { name: 'Accueil général', exact: true }), 'Enter');
  await expect.poll(() => address().pathname).toBe('/admin/services/ville-de-libourne/accueil-general');
  await settled();
  await expect.poll(() => focusedTag(page)).toBe('H1');

  // The figures behind the curve.
  await pressOn(page, page.locator('summary', { hasText: 'Les mêmes chiffres en tableau' }), 'Enter');
  await page.getByRole('table', { name: /par semaine\s:/ }).waitFor();

  // The verbatims: read one, hide the other with a reason.
  await pressOn(page, page.getByRole('link', { name: 'Verbatims' }), 'Enter');
  await page.getByText('Cite Madame X').waitFor();
  const card = (text: string) => page.getByRole('article').filter({ hasText: text });
  await pressOn(page, card('Le plus ancien').getByRole('button', { name: 'Marquer comme lu' }), 'Space');
  await card('Le plus ancien')
    .getByText(/^Lu par/)
    .waitFor();
  await pressOn(page, card('Cite Madame X').getByRole('button', { name: 'Masquer…' }), 'Enter');
  await page.getByRole('dialog').waitFor();
  await pressOn(page, page.getByRole('radio', { name: 'Nomme ou désigne un agent' }), 'Space');
  await tabTo(page, page.getByRole('textbox', { name: /Précision/ }));
  await page.keyboard.type('au guichet');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText(/Masqué par .*\s:\snomme ou désigne un agent \(au guichet\)/).waitFor();

  // And the export.
  await pressOn(page, page.getByRole('link', { name: 'Semaine', exact: true }).first(), 'Enter');
  await settled();
  await pressOn(page, page.locator('summary', { hasText: 'Exporter' }), 'Enter');
  const coming = page.waitForEvent('download');
  await pressOn(page, page.getByRole('link', { name: /^CSV/ }), 'Enter');
  const file = await (await coming).path();
  expect(readFileSync(file, 'utf8')).toContain('Accueil général');
  await context.close();
});
