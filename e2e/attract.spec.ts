import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstDay, periodBefore, periodContaining } from '../domain/periods.ts';
import type { Assignment } from '../protocol/assignment.ts';
import { anEntry, aPush, aReport } from '../sync-server/ingest/a-push.ts';
import { launchBrowser, TABLET } from './chromium.ts';
import { type KioskPage, kioskOn, openEnrolledKiosk } from './kiosk-page.ts';
import { POINT_ID, startServer, type TestServer } from './server-process.ts';
import { until } from './until.ts';
import { openWebView, type WebView } from './web-view.ts';

const LONGEST = {
  said: `${'Il manque des sièges. '.repeat(6)}Merci !`,
  done: 'Six sièges de plus. '.repeat(7),
};
const SHORT = {
  said: 'Il manque des sièges pour attendre.',
  done: 'Six sièges sont près de l’accueil.',
};

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

async function bottomOf(part: Locator): Promise<number> {
  const box = await part.boundingBox();
  return (box?.y ?? 0) + (box?.height ?? 0);
}

async function isOverlapping(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = await Promise.all([one.boundingBox(), other.boundingBox()]);
  if (a === null || b === null) throw new Error('There is nothing to be overlapped.');
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('what is published in the web view', () => {
  it('stands on the first screen with the next assignment, changes after a visit, and is there without network after a restart', async () => {
    await answerLastQuarter();
    let kiosk = await openEnrolledKiosk(tablet, server);
    expect(await kiosk.page.locator('.published > p').count()).toBe(0);
    const view = await openWebView(browser, server);
    await view.goTo('affichage');
    await view.page
      .getByRole('button', { name: 'Publier le résultat du trimestre, Accueil général' })
      .click();
    await view.page.getByText('le résultat est publié').waitFor();
    await addLine(view, LONGEST);
    await addLine(view, SHORT);

    // Told from memory for a few seconds yet; a tablet that starts asks a moment after its first face.
    await until(
      'the published result',
      async () => {
        await kiosk.open();
        return kiosk.page
          .locator('.improvement')
          .waitFor({ timeout: 4_000 })
          .then(() => true)
          .catch(() => false);
      },
      30_000,
    );
    expect(await kiosk.page.locator('.published > p').last().innerText()).toMatch(
      /: 90\s% de personnes satisfaites \(30 réponses\)/u,
    );
    const newest = `Vous avez dit : ${SHORT.said} Nous avons fait : ${SHORT.done}`;
    await expect.poll(() => lineOn(kiosk)).toBe(newest);
    await kiosk.makeVisit({ code: 'very-satisfied' });
    await kiosk.touch('Revenir au début');
    await kiosk.see('attract');
    await expect.poll(() => lineOn(kiosk)).toContain('Six sièges de plus.');

    await kiosk.beReadyOffline();
    await kiosk.page.close();
    await tablet.setOffline(true);
    kiosk = kioskOn(await tablet.newPage(), server.origin);
    await kiosk.open();
    await kiosk.see('attract');
    await expect.poll(() => lineOn(kiosk)).toBe(newest);
    await expect.poll(() => kiosk.page.locator('.published > p').count()).toBe(2);
    await tablet.setOffline(false);
    await kiosk.page.close();
  });

  it.each([
    { width: 1280, height: 800 },
    { width: 1024, height: 768 },
    { width: 800, height: 1280 },
  ])(
    'leaves the faces, the notice and the code their place at $width × $height, at its longest',
    async (viewport) => {
      const kiosk = kioskOn(await tablet.newPage(), server.origin);
      await kiosk.page.setViewportSize(viewport);
      await kiosk.open();
      await kiosk.page.locator('.presence-code').waitFor({ timeout: 15_000 });
      const shown: string[] = [];
      for (const turn of ['short', 'longest']) {
        const root = await kiosk.page.evaluate(() => {
          const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
          return [scrollWidth - clientWidth, scrollHeight - clientHeight];
        });
        expect([turn, ...root]).toEqual([turn, 0, 0]);
        const faces = await kiosk.page.locator('.level').all();
        const lowest = Math.max(...(await Promise.all(faces.map(bottomOf))));
        for (const part of await kiosk.page.locator('.published > p:visible').all()) {
          shown.push(`${turn} ${(await part.innerText()).slice(0, 4)}`);
          expect((await part.boundingBox())?.y).toBeGreaterThanOrEqual(lowest);
          expect(await isOverlapping(part, kiosk.page.locator('.presence-place'))).toBe(false);
          expect(await isOverlapping(part, kiosk.page.locator('.small-print'))).toBe(false);
        }
        const { violations } = await new AxeBuilder({ page: kiosk.page }).setLegacyMode().analyze();
        expect(violations.map(({ id }) => id)).toEqual([]);
        if (turn === 'longest') break;
        await kiosk.makeVisit({ code: 'very-satisfied' });
        await kiosk.touch('Revenir au début');
        await kiosk.page.locator('.presence-code').waitFor({ timeout: 15_000 });
      }
      // The longest gives way where there is no place for it; what people really write, and the result, have theirs.
      expect(shown.length).toBeGreaterThanOrEqual(3);
      expect(shown[0]).toBe('short Vous');
      await kiosk.page.close();
    },
  );
});
