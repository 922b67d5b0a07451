import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './axe.ts';
import { launchBrowser } from './chromium.ts';
import { pressOn } from './keyboard.ts';
import { startServer, type TestServer } from './server-process.ts';
import { writeTexts } from './town-texts.ts';
import { openWebView, type WebView } from './web-view.ts';

const DESKTOP = { width: 1440, height: 900 };
const TELEPHONE = { width: 390, height: 844 };
const TEXTS = {
  plain: 'Accueil très agréable, merci.',
  personal: 'Rappelez-moi au 06 12 34 56 78 pour mon dossier.',
  insult: 'Le monsieur du guichet trois est un incapable.',
  shared: 'Il manque des chaises dans la salle d’attente.',
} as const;

let browser: Browser;
let server: TestServer;
let claire: WebView;
let paul: WebView;
beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
  await writeTexts(server, Object.values(TEXTS));
  claire = await openWebView(browser, server, { email: 'claire@libourne.example', viewport: DESKTOP });
  paul = await openWebView(browser, server, { email: 'paul@libourne.example', viewport: TELEPHONE });
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

const cardOf = ({ page }: WebView) => page.locator('article.moderated');
/** Opens the round anew and goes on, one key a text, until this one is there. */
const reach = async (view: WebView, text: string) => {
  await view.goTo('moderation');
  for (let at = 0; at < Object.keys(TEXTS).length; at += 1) {
    if ((await cardOf(view).innerText()).includes(text)) return;
    const before = await cardOf(view).getAttribute('aria-label');
    await view.page.keyboard.press('j');
    await expect.poll(async () => cardOf(view).getAttribute('aria-label')).not.toBe(before);
  }
  throw new Error(`Nobody is asked about: ${text}`);
};
const said = ({ page }: WebView) => page.locator('.moderation > [role="status"]');
const waiting = async ({ page }: WebView) => page.locator('.moderation-head p').innerText();

describe('moderation, by keyboard alone,', () => {
  it('begins with the first text, and is accessible at a desk and on a telephone', async () => {
    for (const view of [claire, paul]) {
      await view.goTo('moderation');
      expect(await waiting(view)).toBe('4 textes à modérer');
      expect(await violationsOf(view.page)).toEqual([]);
      const widest = await view.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(widest).toBeLessThanOrEqual(0);
    }
  });

  it('releases a text with one key, says so, and goes to the next', async () => {
    await reach(claire, TEXTS.plain);
    await claire.page.keyboard.press('p');
    await expect.poll(async () => said(claire).textContent()).toBe('Le texte est publiable.');
    await expect.poll(async () => waiting(claire)).toBe('3 textes à modérer');
    await expect.poll(async () => claire.page.getByText(TEXTS.plain).count()).toBe(0);
  });

  it('masks what Parvis proposes, shows what others will read, and releases the rest', async () => {
    await reach(claire, TEXTS.personal);
    await pressOn(
      claire.page,
      claire.page.getByRole('button', { name: 'Masquer le passage proposé' }),
      'Enter',
    );
    const preview = claire.page.locator('.masked-preview');
    await expect.poll(async () => preview.innerText()).toContain('Rappelez-moi au [téléphone masqué] pour');
    expect(await violationsOf(claire.page)).toEqual([]);
    await claire.page.keyboard.press('p');
    await expect.poll(async () => waiting(claire)).toBe('2 textes à modérer');
  });

  it('hides a text with a reason only', async () => {
    await reach(claire, TEXTS.insult);
    const { page } = claire;
    await page.keyboard.press('m');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await pressOn(page, dialog.getByRole('button', { name: 'Masquer le texte' }), 'Enter');
    await dialog.getByText('Choisissez un motif.').waitFor();
    await pressOn(page, dialog.getByLabel('Nomme ou désigne un agent'), 'Space');
    await pressOn(page, dialog.getByRole('button', { name: 'Masquer le texte' }), 'Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(async () => waiting(claire)).toBe('1 texte à modérer');
  });

  it('lets nothing out but what was released, and that without what is masked', async () => {
    const file = await claire.page.evaluate(async () =>
      (await fetch('/api/v1/exports/verbatims.csv?state=all')).text(),
    );
    expect(file).toContain(TEXTS.plain);
    expect(file).toContain('[téléphone masqué]');
    for (const kept of ['06 12 34', TEXTS.insult, TEXTS.shared]) expect(file).not.toContain(kept);
  });
});

describe('two people who moderate one text at once', () => {
  it('do not undo each other: the second is told who decided what, keeps what they wrote, and chooses', async () => {
    await reach(claire, TEXTS.shared);
    await reach(paul, TEXTS.shared);
    await claire.page.keyboard.press('p');
    await expect.poll(async () => waiting(claire)).toBe('Aucun texte à modérer');

    const { page } = paul;
    await page.keyboard.press('m');
    const dialog = page.getByRole('dialog');
    // One stop for all the reasons; the arrows go round among them.
    await pressOn(page, dialog.getByRole('radio').first(), 'Space');
    await page.keyboard.press('ArrowUp');
    expect(await dialog.getByRole('radio', { name: 'Autre motif' }).isChecked()).toBe(true);
    await pressOn(page, dialog.getByLabel(/^Précision/), 'Space');
    await page.keyboard.type('doublon');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').getByText('claire l’a jugé publiable').waitFor();
    expect((await dialog.getByLabel(/^Précision/).inputValue()).trim()).toBe('doublon');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    const notice = page.getByRole('alert').filter({ hasText: 'Quelqu’un d’autre a décidé entre-temps' });
    expect(await notice.innerText()).toContain('claire l’a jugé publiable');
    expect(await notice.innerText()).toMatch(/masquer le texte\s: doublon/);
    expect(await violationsOf(page)).toEqual([]);
    // What the first decided stands until the second has chosen.
    await claire.goTo('verbatims?state=all&moderation=released');
    await claire.page.getByText(TEXTS.shared).waitFor();
    await pressOn(page, notice.getByRole('button', { name: 'Appliquer la mienne' }), 'Enter');
    await expect.poll(async () => said(paul).textContent()).toBe('Le texte est masqué.');
  });
});

describe('a référent', () => {
  it('reads the texts of their services, and is shown no way to decide what leaves', async () => {
    await claire.goTo('personnes');
    const { page } = claire;
    await page.getByRole('button', { name: 'Inviter une personne' }).press('Enter');
    await page.getByLabel('Nom', { exact: true }).fill('Rose Lenoir');
    await page.getByLabel('Adresse électronique').fill('rose@libourne.example');
    await page.getByRole('checkbox', { name: 'Accueil général', exact: true }).press('Space');
    await page.getByLabel('Nom', { exact: true }).press('Enter');
    await page.getByText('rose@libourne.example').first().waitFor();
    const rose = await openWebView(browser, server, { email: 'rose@libourne.example', viewport: TELEPHONE });
    await rose.goTo('verbatims?state=all');
    await rose.page.getByText(TEXTS.plain).waitFor();
    expect(await rose.page.getByRole('link', { name: /Modér/ }).count()).toBe(0);
    expect(await rose.page.getByRole('button', { name: /Masquer|Publiable/ }).count()).toBe(0);
    await rose.context.close();
  });
});
