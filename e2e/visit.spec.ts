import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launchBrowser, TABLET } from './chromium.ts';
import { kioskOn, openEnrolledKiosk, openKiosk } from './kiosk-page.ts';
import { POINT_ID, startServer, type TestServer } from './server-process.ts';
import { countedByCode, storedAnswers, watchAnswers } from './stored-answers.ts';
import { openWebView } from './web-view.ts';

/** Longer than the longest pause between two tries of a tablet. */
const SENT_WITHIN_MS = 90_000;

let browser: Browser;
let server: TestServer;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

async function aTablet(): Promise<BrowserContext> {
  const context = await browser.newContext(TABLET);
  contexts.push(context);
  return context;
}

it('takes a whole visit to the server as exactly one answer, and shows it in the web view', async () => {
  const kiosk = await openEnrolledKiosk(await aTablet(), server);
  const arriving = watchAnswers(server);
  const text = 'Un siège pour attendre, s’il vous plaît : <b>merci</b> & bonne journée 🙂';

  const given = await kiosk.makeVisit({ code: 'very-satisfied', text, reads: true });

  expect(Object.keys(given)).toHaveLength(4);
  const [answer] = await arriving.onceThereAre(1);
  expect(answer).toMatchObject({
    disposition: 'complete',
    pointId: POINT_ID,
    language: 'fr',
    codes: given,
    text,
  });
  expect(countedByCode(server)).toEqual({ 'very-satisfied': 1 });

  const view = await openWebView(browser, server);
  contexts.push(view.context);
  const card = view.service('Accueil général');
  await expect.poll(() => card.locator('.service-answers strong').innerText()).toBe('1 réponse');
  await expect.poll(() => card.locator('.tablet-lines').innerText()).not.toContain('en attente');
  await card.getByRole('link', { name: '1 suggestion à lire' }).click();
  await view.settle();
  await expect.poll(() => view.page.locator('blockquote').allInnerTexts()).toEqual([text]);
});

it('sends a visit made while the server was down exactly once when it is up again', async () => {
  const kiosk = await openEnrolledKiosk(await aTablet(), server);
  const arriving = watchAnswers(server);
  await server.stop();

  const given = await kiosk.makeVisit({ code: 'fairly-satisfied', text: 'Hors réseau' });
  await kiosk.touch('Revenir au début');
  await kiosk.see('attract');
  await kiosk.page.getByText('1 en attente').waitFor();
  expect(arriving.now()).toEqual([]);

  await server.start();
  const [answer] = await arriving.onceThereAre(1, SENT_WITHIN_MS);
  expect(answer).toMatchObject({ disposition: 'complete', codes: given, text: 'Hors réseau' });
  await kiosk.page.getByText('en attente').waitFor({ state: 'detached', timeout: SENT_WITHIN_MS });
});

it('starts cold without network: the faces can be touched, and the answer arrives later', async () => {
  const tablet = await aTablet();
  const first = await openEnrolledKiosk(tablet, server);
  await first.beReadyOffline();
  await first.page.close();
  const arriving = watchAnswers(server);
  await server.stop();
  await tablet.setOffline(true);

  const kiosk = await openKiosk(tablet, server.origin);
  const given = await kiosk.makeVisit({ code: 'fairly-dissatisfied' });
  expect(arriving.now()).toEqual([]);

  await server.start();
  await tablet.setOffline(false);
  const [answer] = await arriving.onceThereAre(1, SENT_WITHIN_MS);
  expect(answer).toMatchObject({ disposition: 'complete', codes: given, text: null });
});

it('keeps what was touched when the page is closed at once, and sends it as a partial answer', async () => {
  const tablet = await aTablet();
  const kiosk = await openEnrolledKiosk(tablet, server);
  const arriving = watchAnswers(server);

  const itemId = await kiosk.touchFace('very-dissatisfied');
  await kiosk.page.close();
  expect(arriving.now()).toEqual([]);

  const reopened = await openKiosk(tablet, server.origin);
  await reopened.see('attract');
  const [answer] = await arriving.onceThereAre(1);
  expect(answer).toMatchObject({
    disposition: 'partial',
    codes: { [itemId]: 'very-dissatisfied' },
    text: null,
  });
});

it('counts only the last answer when « Modifier » changes it', async () => {
  const kiosk = await openEnrolledKiosk(await aTablet(), server);
  const arriving = watchAnswers(server);
  const before = countedByCode(server);

  const itemId = await kiosk.touchFace('very-dissatisfied');
  await kiosk.touch('Modifier');
  await expect.poll(() => kiosk.itemId()).toBe(itemId);
  await expect.poll(() => kiosk.face('very-dissatisfied').locator('input').isChecked()).toBe(true);
  await kiosk.touchFace('very-satisfied');
  await kiosk.answerQuestions('not-applicable');
  await kiosk.touch('Terminer sans suggestion');
  await kiosk.see('thanks');

  const [answer] = await arriving.onceThereAre(1);
  expect(answer?.codes[itemId]).toBe('very-satisfied');
  expect(countedByCode(server)).toEqual({ ...before, 'very-satisfied': (before['very-satisfied'] ?? 0) + 1 });
});

it('wipes what was typed when the visitor walks away, and sends what was touched as a partial answer', async () => {
  const tablet = await aTablet();
  await tablet.clock.install();
  const kiosk = await openEnrolledKiosk(tablet, server);
  const arriving = watchAnswers(server);

  const itemId = await kiosk.touchFace('fairly-satisfied');
  const others = await kiosk.answerQuestions('fairly-satisfied');
  await kiosk.see('suggestion');
  await kiosk.type('Texte abandonné');
  await tablet.clock.fastForward(58_000);
  expect(await kiosk.page.getByRole('alertdialog').count()).toBe(0);
  await tablet.clock.fastForward(4_000);
  await kiosk.page.getByRole('alertdialog', { name: 'Voulez-vous continuer' }).waitFor();
  await tablet.clock.fastForward(28_000);
  await kiosk.see('suggestion');
  await tablet.clock.fastForward(4_000);
  await kiosk.see('attract');

  expect(await kiosk.page.content()).not.toContain('abandonné');
  const [answer] = await arriving.onceThereAre(1);
  expect(answer).toMatchObject({
    disposition: 'partial',
    codes: { [itemId]: 'fairly-satisfied', ...others },
    text: null,
  });
});

it('carries on where the visitor was, who says « Oui, continuer »', async () => {
  const tablet = await aTablet();
  await tablet.clock.install();
  const kiosk = await openEnrolledKiosk(tablet, server);
  const arriving = watchAnswers(server);

  await kiosk.touchFace('fairly-satisfied');
  await kiosk.answerQuestions('fairly-satisfied');
  await kiosk.see('suggestion');
  await kiosk.type('Je réfléchis');
  await tablet.clock.fastForward(62_000);
  await kiosk.touch('Oui, continuer');
  await kiosk.page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await tablet.clock.fastForward(58_000);
  await kiosk.touch('Envoyer');
  await kiosk.see('thanks');

  const [answer] = await arriving.onceThereAre(1);
  expect(answer).toMatchObject({ disposition: 'complete', text: 'Je réfléchis' });
});

it('thanks and sends a complete answer when « Terminer » is touched after one face', async () => {
  const kiosk = await openEnrolledKiosk(await aTablet(), server);
  const arriving = watchAnswers(server);

  const itemId = await kiosk.touchFace('very-satisfied');
  await kiosk.touch('Terminer');
  await kiosk.see('thanks');

  const [answer] = await arriving.onceThereAre(1);
  expect(answer).toMatchObject({
    disposition: 'complete',
    codes: { [itemId]: 'very-satisfied' },
    text: null,
  });
});

it('asks in English whoever chose it, and in French the next visitor', async () => {
  const kiosk = await openEnrolledKiosk(await aTablet(), server);
  const arriving = watchAnswers(server);

  await kiosk.chooseLanguage('English');
  await kiosk.page.getByText('Touch a face').waitFor();
  await kiosk.touchFace('very-satisfied');
  await kiosk.touch('Finish');
  await kiosk.see('thanks');
  await kiosk.touch('Back to the start');
  await kiosk.page.getByText('Touchez un visage').waitFor();

  const [answer] = await arriving.onceThereAre(1);
  expect(answer?.language).toBe('en');
});

it('has stored nothing that nobody touched', () => {
  expect(storedAnswers(server).filter(({ codes }) => Object.keys(codes).length === 0)).toEqual([]);
});

it('gives no number twice where two pages of one tablet take turns, even when nothing is witnessed beside the database', async () => {
  const tablet = await aTablet();
  const first = await openEnrolledKiosk(tablet, server);
  const arriving = watchAnswers(server);
  await first.makeVisit({ code: 'very-satisfied' });
  await first.touch('Revenir au début');
  await first.see('attract');

  const second = kioskOn(await tablet.newPage(), server.origin);
  await second.open();
  await second.see('attract');
  for (const kiosk of [second, first]) {
    await kiosk.page.evaluate(() => localStorage.removeItem('parvis-last-sequence'));
    await kiosk.makeVisit({ code: 'fairly-satisfied' });
    await kiosk.touch('Revenir au début');
    await kiosk.see('attract');
  }
  const answers = await arriving.onceThereAre(3, SENT_WITHIN_MS);
  expect(answers.map(({ sequence }) => sequence).toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
});
