import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, TABLET } from './chromium.ts';
import { giveVoices, spokenOn, switchOn, touchOn } from './comfort.ts';
import { pressOn } from './keyboard.ts';
import { type KioskPage, openEnrolledKiosk } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { watchAnswers } from './stored-answers.ts';
import { SIZES_OF_THIS_RUN } from './targets.ts';

/** Loud enough, and the same for each visitor. */
const FIRST_VOLUME = 0.7;

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

async function opened(
  viewport: { readonly width: number; readonly height: number },
  own?: readonly string[],
  remote?: readonly string[],
): Promise<KioskPage & { readonly context: BrowserContext }> {
  const context = await browser.newContext({ ...TABLET, viewport });
  await giveVoices(context, own, remote);
  return { ...(await openEnrolledKiosk(context, server)), context };
}

const textsOn = async (kiosk: KioskPage) => (await spokenOn(kiosk.page)).map(({ text }) => text);

describe.each(SIZES_OF_THIS_RUN)('at $width × $height', (viewport) => {
  it('T06: speaks question, levels and position by the device’s own voice, offline, and is hushed by a touch', async () => {
    const kiosk = await opened(viewport);
    const { page, context } = kiosk;
    await kiosk.beReadyOffline();
    await context.setOffline(true);
    expect(await spokenOn(page)).toEqual([]);
    await switchOn(page, 'spoken');
    await touchOn(page, kiosk.face('very-satisfied'));
    await kiosk.see('question');
    await expect.poll(() => textsOn(kiosk)).toContain('Question 2 sur 4');
    const question = await page.locator('h1').innerText();
    const said = await spokenOn(page);
    expect(said.map(({ text }) => text)).toEqual([
      'Question 2 sur 4',
      question.replaceAll('\u2060', ''),
      expect.stringMatching(/^Choix 1\u00a0: /),
      expect.stringMatching(/^Choix 2\u00a0: /),
      expect.stringMatching(/^Choix 3\u00a0: /),
      expect.stringMatching(/^Choix 4\u00a0: /),
      expect.stringMatching(/^Choix 5\u00a0: /),
      'Bouton\u00a0: Modifier.',
      'Bouton\u00a0: Terminer.',
    ]);
    for (const one of said) expect(one).toMatchObject({ lang: 'fr-FR', volume: FIRST_VOLUME, isLocal: true });

    // A touch beside everything hushes it; « Répéter » says it again.
    await page.locator('body').dispatchEvent('pointerdown');
    await expect.poll(() => spokenOn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Répéter' }).tap();
    await expect.poll(() => spokenOn(page)).toEqual(said);

    // Louder for this visitor, and for this one alone.
    await page.getByRole('button', { name: 'Plus fort' }).tap();
    expect((await spokenOn(page))[0]?.volume).toBeGreaterThan(FIRST_VOLUME);
    await touchOn(page, page.getByRole('button', { name: 'Terminer' }));
    await kiosk.see('thanks');
    await expect.poll(() => textsOn(kiosk)).toContain('Merci\u202f!');
    await touchOn(page, page.locator('main .button'));
    await kiosk.see('attract');
    await expect.poll(() => spokenOn(page)).toEqual([]);
    await expect.poll(() => page.locator('.listen-panel').count()).toBe(0);
    await switchOn(page, 'spoken');
    await expect.poll(async () => (await spokenOn(page))[0]?.volume).toBe(FIRST_VOLUME);
    await context.close();
  });

  it('T07: a whole visit without sight: heard, then meant', async () => {
    const kiosk = await opened(viewport);
    const { page, context } = kiosk;
    const arriving = watchAnswers(server);
    await switchOn(page, 'spoken');
    const first = await kiosk.itemId();
    // A hand that looks for its way answers nothing.
    for (const code of ['very-dissatisfied', 'fairly-satisfied', 'very-satisfied']) {
      await kiosk.face(code).tap();
      await expect.poll(async () => (await textsOn(kiosk)).at(-1)).toBe('Touchez encore pour choisir.');
      expect(await kiosk.itemId()).toBe(first);
    }
    await kiosk.face('very-satisfied').tap();
    await kiosk.see('question');
    await expect.poll(() => page.locator('[data-heard]').count()).toBe(0);
    await touchOn(page, page.getByRole('button', { name: 'Terminer' }));
    await kiosk.see('thanks');
    const [answer] = await arriving.onceThereAre(1);
    expect(answer).toMatchObject({ disposition: 'complete', codes: { [first]: 'very-satisfied' } });
    await context.close();
  });

  it('T07: by keys the focus is heard as it moves, and a key acts at once', async () => {
    const kiosk = await opened(viewport);
    const { page, context } = kiosk;
    await pressOn(page, page.locator('[data-mode="spoken"]'), 'Enter');
    await page.locator('.listen-panel button').first().waitFor();
    await expect.poll(async () => (await textsOn(kiosk)).length).toBeGreaterThan(5);
    for (let step = 0; step < 12 && !(await page.locator('input:focus').count()); step += 1)
      await page.keyboard.press('Tab');
    expect((await textsOn(kiosk)).join()).toMatch(/^Choix 1/);
    await page.keyboard.press('ArrowRight');
    expect((await textsOn(kiosk)).join()).toMatch(/^Choix 2/);
    await page.keyboard.press('Space');
    await kiosk.see('question');
    await expect.poll(() => textsOn(kiosk)).toContain('Question 2 sur 4');
    await context.close();
  });

  it('T11: is offered in the languages the device speaks by itself, and says so where it does not', async () => {
    const kiosk = await opened(viewport, ['fr-FR', 'ar-SA'], ['de-DE']);
    const { page, context } = kiosk;
    const spoken = page.locator('[data-mode="spoken"]');
    await kiosk.chooseLanguage('Deutsch');
    expect(await spoken.count()).toBe(0);
    await page.getByText('Vorlesen: keine Stimme').waitFor();
    await kiosk.chooseLanguage('العربية');
    await switchOn(page, 'spoken');
    await expect.poll(async () => (await spokenOn(page)).length).toBeGreaterThan(3);
    const langs = (await spokenOn(page)).map(({ lang }) => lang);
    expect(langs.filter((lang) => lang === 'ar-SA').length).toBeGreaterThan(3);
    expect(langs.every((lang) => ['ar-SA', 'fr-FR'].includes(lang))).toBe(true);
    await context.close();
  });
});
