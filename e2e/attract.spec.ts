import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstDay, periodBefore, periodContaining } from '../domain/periods.ts';
import type { Assignment } from '../protocol/assignment.ts';
import { anEntry, aPush, aReport } from '../sync-server/ingest/a-push.ts';
import { launchBrowser, TABLET } from './chromium.ts';
import { type KioskPage, kioskOn, openEnrolledKiosk } from './kiosk-page.ts';
import { POINT_ID, startServer, type TestServer } from './server-process.ts';
import { until } from './until.ts';
import { openWebView, type WebView } from './web-view.ts';

const LONGEST = { said: `${'Il manque des sièges. '.repeat(6)}Merci !`, done: `${'Six sièges de plus. '.repeat(7)}` };
const SHORT = { said: 'Il fait froid.', done: 'La porte ferme.' };

let browser: Browser;
let server: TestServer;
let tablet: BrowserContext;
beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
  tablet = await browser.newContext({ ...TABLET, reducedMotion: 'reduce' });
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** Thirty visitors of the last quarter that has ended, 27 of them satisfied, whose tablet was without network until now. */
async function answerLastQuarter(): Promise<void> {
  const send = async (path: string, token: string, body?: object) => {
    const reply = await fetch(`${server.origin}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    expect(reply.ok).toBe(true);
    return reply.json();
  };
  const { code } = await server.createEnrolment();
  const { token } = (await send('/api/v1/enrolments', '', { code, report: aReport() })) as { token: string };
  const { surveyVersion } = (await send('/api/v1/assignment', token)) as Assignment;
  const day = firstDay(periodBefore(periodContaining('quarter', new Date().toISOString().slice(0, 10))));
  const entries = Array.from({ length: 30 }, (_, index) => {
    const level = index < 27 ? 'very-satisfied' : 'very-dissatisfied';
    const { surveyVersionId } = surveyVersion;
    const answeredAt = `${day}T10:${String(index).padStart(2, '0')}:00.000Z`;
    return anEntry(index + 1, {
      answeredAt,
      surveyVersionId,
      pointId: POINT_ID,
      answers: [{ itemId: 'GLOB' as never, kind: 'rating', code: level }],
    });
  });
  await send('/api/v1/push', token, aPush(entries, { sentAt: new Date().toISOString() }));
}

async function addLine({ page, settle }: WebView, { said, done }: typeof SHORT): Promise<void> {
  await page.getByRole('button', { name: 'Ajouter une ligne, Accueil général', exact: true }).click();
  await page.getByLabel('Vous avez dit').fill(said);
  await page.getByLabel('Nous avons fait').fill(done);
  const breaches = await new AxeBuilder({ page }).analyze();
  expect(breaches.violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await settle();
}

const lineOn = async (kiosk: KioskPage) =>
  (await kiosk.page.locator('.improvement').innerText()).replaceAll(/\s+/g, ' ').trim();

describe('what is published in the web view', () => {
  it('stands on the first screen with the next assignment, changes after a visit, and is there without network after a restart', async () => {
    await answerLastQuarter();
    let kiosk = await openEnrolledKiosk(tablet, server);
    expect(await kiosk.page.locator('.published, .improvement').count()).toBe(0);
    const view = await openWebView(browser, server);
    await view.goTo('affichage');
    await view.page.getByRole('button', { name: 'Publier le résultat du trimestre, Accueil général' }).click();
    await view.page.getByText('le résultat est publié').waitFor();
    await addLine(view, LONGEST);
    await addLine(view, SHORT);
    if (process.env['SHOTS']) await view.page.screenshot({ path: '/tmp/pub-admin.png' });

    await until('the published result', async () => {
      await kiosk.open();
      await kiosk.see('attract');
      return (await kiosk.page.locator('.improvement').count()) === 1;
    });
    expect(await kiosk.page.locator('.published').innerText()).toMatch(
      /: 90\s% de personnes satisfaites \(30 réponses\)/u,
    );
    const newest = 'Vous avez dit : Il fait froid. Nous avons fait : La porte ferme.';
    expect(await lineOn(kiosk)).toBe(newest);
    await kiosk.makeVisit({ code: 'very-satisfied' });
    await kiosk.touch('Revenir au début');
    await kiosk.see('attract');
    expect(await lineOn(kiosk)).toContain('Il manque des sièges.');

    await kiosk.beReadyOffline();
    await kiosk.page.close();
    await tablet.setOffline(true);
    kiosk = kioskOn(await tablet.newPage(), server.origin);
    await kiosk.open();
    await kiosk.see('attract');
    expect(await lineOn(kiosk)).toBe(newest);
    expect(await kiosk.page.locator('.published').count()).toBe(1);
    await kiosk.page.close();
  });

  it.each([
    { width: 1280, height: 800 },
    { width: 1024, height: 768 },
    { width: 800, height: 1280 },
  ])('leaves the faces and the code their place at $width × $height, at its longest', async (viewport) => {
    const kiosk = kioskOn(await tablet.newPage(), server.origin);
    await kiosk.page.setViewportSize(viewport);
    await kiosk.open();
    await kiosk.see('attract');
    await kiosk.page.locator('.presence-code').waitFor({ timeout: 15_000 });
    if (!(await lineOn(kiosk)).includes('sièges')) {
      await kiosk.makeVisit({ code: 'very-satisfied' });
      await kiosk.touch('Revenir au début');
      await kiosk.see('attract');
    }
    await kiosk.page.locator('.presence-code').waitFor({ timeout: 15_000 });
    if (process.env['SHOTS']) await kiosk.page.screenshot({ path: `/tmp/pub-${viewport.width}.png` });
    const sizes = await kiosk.page.evaluate(() => {
      const root = document.documentElement;
      const boxes = [...document.querySelectorAll('.level')].map((face) => face.getBoundingClientRect());
      return {
        across: root.scrollWidth - root.clientWidth,
        down: root.scrollHeight - root.clientHeight,
        lowestFace: Math.max(...boxes.map(({ bottom }) => bottom)),
        resultTop: document.querySelector('.published')?.getBoundingClientRect().top ?? 0,
        lineBottom: document.querySelector('.improvement')?.getBoundingClientRect().bottom ?? 0,
        codeTop: document.querySelector('.presence-code')?.getBoundingClientRect().top ?? 0,
      };
    });
    if (process.env['SHOTS']) console.log(sizes);
    expect([sizes.across, sizes.down]).toEqual([0, 0]);
    expect(sizes.resultTop).toBeGreaterThanOrEqual(sizes.lowestFace);
    expect(sizes.codeTop).toBeGreaterThanOrEqual(sizes.lineBottom);
    const { violations } = await new AxeBuilder({ page: kiosk.page }).setLegacyMode().analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await kiosk.page.close();
  });
});
