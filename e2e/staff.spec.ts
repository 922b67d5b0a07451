import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, TABLET } from './chromium.ts';
import { kioskOn, openEnrolledKiosk, type KioskPage } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { staffCodeOf, staffMenuOn } from './staff-menu.ts';
import { countedByCode, watchAnswers } from './stored-answers.ts';
import { until } from './until.ts';
import { openWebView } from './web-view.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});
beforeEach(async () => {
  context = await browser.newContext(TABLET);
});
afterEach(() => context.close());

const API = '**/api/v1/**';
const PUSH = '**/api/v1/push';

async function visitAndReturn(kiosk: KioskPage, visit: Parameters<KioskPage['makeVisit']>[0]) {
  const given = await kiosk.makeVisit(visit);
  await kiosk.touch('Revenir au début');
  await kiosk.see('attract');
  return given;
}

describe('the way to the menu', () => {
  it('T16 is met by nobody who explores the screen: no finger, no key, nothing that is read out', async () => {
    const { page } = await openEnrolledKiosk(context, server);
    const menu = staffMenuOn(page, server);
    // The code for telephones comes a moment after the faces.
    await page.getByText('Ou répondez sur votre téléphone').waitFor();
    const before = await page.locator('body').ariaSnapshot();
    // The part is there and listens.
    await menu.hold();
    await page.locator('[data-staff="code"]').waitFor();
    await menu.touch('Quitter le menu');
    await expect.poll(() => page.locator('body').ariaSnapshot()).toBe(before);

    for (let tab = 0; tab < 40; tab += 1) {
      await page.keyboard.press('Tab');
      if (tab % 2 === 0) await page.keyboard.press('Shift');
    }
    // A screen reader's double tap lands on the middle of what it reads; a child's taps land anywhere.
    for (let tap = 0; tap < 12; tap += 1) await page.touchscreen.tap(10 + tap * 5, 12 + tap * 4);
    expect(
      await page.evaluate(() => {
        const under = document.elementFromPoint(24, 24);
        return under?.closest('button, a, input, label, [tabindex]') ?? null;
      }),
    ).toBeNull();
    expect(await page.locator('[data-staff]').count()).toBe(0);
  });

  it('opens for the right code only; after five wrong ones it waits, over a reload too, and the server is told', async () => {
    const kiosk = await openEnrolledKiosk(context, server);
    const { page } = kiosk;
    const menu = staffMenuOn(page, server);
    const right = staffCodeOf(server);
    const wrong = right === '111111' ? '222222' : '111111';
    await menu.hold();
    for (let tries = 1; tries <= 5; tries += 1) {
      await menu.type(wrong);
      await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
      expect(await page.locator('[data-staff="menu"]').count()).toBe(0);
    }
    await page.getByText('Trop d’essais').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Valider' }).isDisabled()).toBe(true);

    await page.reload();
    await kiosk.see('attract');
    await menu.hold();
    await page.getByText('Trop d’essais').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Valider' }).isDisabled()).toBe(true);
    await menu.touch('Quitter le menu');
    await page.evaluate(() => localStorage.setItem('parvis-staff-tries', '5 0'));
    await page.reload();
    await kiosk.see('attract');
    await menu.open();
  });

  it('is on the first screen only', async () => {
    const kiosk = await openEnrolledKiosk(context, server);
    const menu = staffMenuOn(kiosk.page, server);
    await kiosk.touchFace('very-satisfied');
    await menu.hold();
    expect(await kiosk.page.locator('[data-staff]').count()).toBe(0);
    await kiosk.touch('Terminer');
    await kiosk.see('thanks');
    await menu.hold();
    expect(await kiosk.page.locator('[data-staff]').count()).toBe(0);
  });
});

describe('the menu', () => {
  it('tells what is true: what waits, since when, whether the server can be reached, and sends when it is told to', async () => {
    const kiosk = await openEnrolledKiosk(context, server);
    const { page } = kiosk;
    const menu = staffMenuOn(page, server);
    await page.route(PUSH, (route) => route.abort());
    await visitAndReturn(kiosk, { code: 'very-satisfied' });
    await visitAndReturn(kiosk, { code: 'fairly-satisfied' });
    const arrived = watchAnswers(server);
    await menu.open();
    await expect
      .poll(() => menu.figure('En attente d’envoi'))
      .toMatch(/^2 réponses, la plus ancienne depuis \d+\ssecondes?$/);
    await expect.poll(() => menu.figure('Gardées en double')).toMatch(/^0 sur 5\s000 au plus/);
    await expect.poll(() => menu.figure('Point d’accueil')).toBe('Accueil de l’Hôtel de Ville');
    await expect.poll(() => menu.figure('Version')).toMatch(/^0\.1\.0\+[0-9a-f]{8}$/);
    await until(
      'the failure to show',
      async () => (await menu.figure('Connexion')) === 'serveur injoignable',
    );
    await page.unroute(PUSH);
    await menu.touch('Envoyer maintenant');
    await arrived.onceThereAre(2);
    await until('nothing to wait', async () => (await menu.figure('En attente d’envoi')) === 'rien');
    await expect.poll(() => menu.figure('Gardées en double')).toMatch(/^2 sur/);
    await expect.poll(() => menu.figure('Connexion')).toBe('serveur joint');
    await expect
      .poll(() => menu.figure('Dernier contact avec le serveur'))
      .toMatch(/^il y a \d+\ssecondes?$/);
    await expect.poll(() => menu.figure('Heure de la tablette')).toBe('juste, à quelques secondes près');
    const kept = await page.evaluate(() => navigator.storage.persisted());
    expect(await menu.figure('Stockage')).toMatch(kept ? /^protégé/ : /^non protégé/);
    await menu.touch('Quitter le menu');
    await kiosk.see('attract');
  });

  it('begins and ends an essay whose answers are kept and count nowhere, and a banner says so', async () => {
    const kiosk = await openEnrolledKiosk(context, server);
    const { page } = kiosk;
    const menu = staffMenuOn(page, server);
    const before = countedByCode(server)['very-dissatisfied'] ?? 0;
    const arrived = watchAnswers(server);
    await menu.open();
    await menu.touch('Commencer un essai');
    await page.getByText('les réponses ne comptent pas').waitFor();
    await visitAndReturn(kiosk, { code: 'very-dissatisfied' });
    await arrived.onceThereAre(1);
    expect(countedByCode(server)['very-dissatisfied'] ?? 0).toBe(before);

    await page.getByRole('button', { name: 'Terminer l’essai' }).tap();
    await expect.poll(() => page.getByText('les réponses ne comptent pas').count()).toBe(0);
    await visitAndReturn(kiosk, { code: 'very-dissatisfied' });
    await arrived.onceThereAre(2);
    expect(countedByCode(server)['very-dissatisfied']).toBe(before + 1);

    const view = await openWebView(browser, server);
    await view.goTo('tablettes');
    await view.page.getByText('1 réponse d’essai, comptée nulle part').waitFor();
    await view.context.close();
  });

  it('gives the tablet another place, and loses nothing that waits', async () => {
    const kiosk = await openEnrolledKiosk(context, server);
    const { page } = kiosk;
    const menu = staffMenuOn(page, server);
    await page.route(PUSH, (route) => route.abort());
    await visitAndReturn(kiosk, { code: 'very-satisfied', text: 'Avant le déménagement' });
    const arrived = watchAnswers(server);
    const { code } = await server.createEnrolment('guichet-etat-civil');
    await menu.open();
    await menu.touch('Changer de point d’accueil');
    await page.getByRole('textbox').fill(code);
    await page.getByRole('button', { name: 'Inscrire la tablette' }).tap();
    await page.getByText('C’est fait').waitFor();
    await page.unroute(PUSH);
    await menu.touch('Revenir au menu');
    await until(
      'the new place',
      async () => (await menu.figure('Point d’accueil')) !== 'Accueil de l’Hôtel de Ville',
    );
    await menu.touch('Quitter le menu');
    await visitAndReturn(kiosk, { code: 'fairly-satisfied' });
    const stored = await arrived.onceThereAre(2);
    expect(Object.fromEntries(stored.map(({ pointId, text }) => [pointId, text]))).toEqual({
      'accueil-hotel-de-ville': 'Avant le déménagement',
      'guichet-etat-civil': null,
    });
  });

  it('writes a rescue file where the server is gone; imported, exactly what is missing is there, once', async () => {
    const kiosk = await openEnrolledKiosk(context, server);
    const { page } = kiosk;
    const menu = staffMenuOn(page, server);
    const arrived = watchAnswers(server);
    await visitAndReturn(kiosk, { code: 'very-satisfied', text: 'Arrivée seule' });
    await arrived.onceThereAre(1);
    await page.route(API, (route) => route.abort());
    await visitAndReturn(kiosk, { code: 'very-satisfied', text: 'Sauvée à la main' });
    await visitAndReturn(kiosk, { code: 'fairly-dissatisfied' });
    await menu.open();
    const [download] = await Promise.all([page.waitForEvent('download'), menu.touch('Fichier de secours')]);
    expect(download.suggestedFilename()).toMatch(/^parvis-secours-[0-9a-f]{8}-\d{4}-\d\d-\d\d\.json$/);
    await page.getByText('Fichier enregistré').waitFor();
    const path = await download.path();
    expect(await readFile(path, 'utf8')).not.toContain('Sauvée');

    const view = await openWebView(browser, server);
    await view.goTo('tablettes');
    const give = async (): Promise<void> => {
      await view.page.getByRole('button', { name: 'Importer un fichier de secours' }).click();
      await view.page.locator('dialog input[type="file"]').setInputFiles(path);
      await view.page.getByRole('button', { name: 'Importer', exact: true }).click();
    };
    await give();
    await view.page.getByText('2 réponses ajoutées').waitFor();
    const stored = await arrived.onceThereAre(3);
    expect(new Set(stored.map(({ text }) => text))).toEqual(
      new Set(['Arrivée seule', 'Sauvée à la main', null]),
    );
    await view.page.getByRole('button', { name: 'Terminé' }).click();
    await give();
    await view.page.getByText('Aucune réponse ajoutée').waitFor();
    await arrived.onceThereAre(3);
    await view.context.close();

    // The server was there all along: what the tablet sends after all is known already.
    await page.unroute(API);
    await menu.touch('Envoyer maintenant');
    await until('nothing to wait', async () => (await menu.figure('En attente d’envoi')) === 'rien');
    await arrived.onceThereAre(3);
  });
});

describe('a reception that is closed', () => {
  it('has a quiet screen; one touch and the question is there; at the opening it is there by itself', async () => {
    // Sunday; the server's clock is not asked, so that the tablet's own is believed.
    await context.clock.install({ time: new Date('2026-11-29T10:00:00+01:00') });
    const closing = await startServer({ closes: true });
    // Storage keeps the browser's own time: let it come along, or it counts as hung.
    const pass = async (ms: number): Promise<void> => {
      for (let left = ms; left > 0; left -= 4_000) {
        await context.clock.runFor(Math.min(left, 4_000));
        await pause(50);
      }
    };
    const { page } = await openEnrolledKiosk(context, closing);
    const kiosk = kioskOn(page, closing.origin);
    await page.route(PUSH, (route) => route.abort());
    await page.reload();
    await kiosk.see('attract');
    await pass(5_000);
    // The part is loaded by the browser, whose time goes on.
    await pause(2_000);
    const quiet = page.locator('[data-quiet]');
    await pass(60_000);
    expect(await quiet.count()).toBe(0);
    await pass(90_000);
    await quiet.waitFor();
    expect(await quiet.textContent()).toContain('Cet accueil est fermé');
    expect(await quiet.textContent()).toMatch(/Ouverture demain à/);

    await page.touchscreen.tap(600, 500);
    await quiet.waitFor({ state: 'detached' });
    expect(await kiosk.page.locator('[data-screen="attract"]').count()).toBe(1);
    await kiosk.touchFace('very-satisfied');
    await kiosk.touch('Terminer');
    await kiosk.see('thanks');
    await kiosk.touch('Revenir au début');
    await pass(150_000);
    await quiet.waitFor();
    await context.clock.fastForward('24:00:00');
    await pass(16_000);
    await quiet.waitFor({ state: 'detached' });
    await closing.dispose();
  });
});
