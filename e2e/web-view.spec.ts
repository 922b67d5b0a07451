import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { launchBrowser } from './chromium.ts';
import { startServer, type TestServer } from './server-process.ts';
import { storedCounts } from './stored-answers.ts';
import { openWebView, type WebView } from './web-view.ts';

const SERVICE = 'services/ville-de-libourne/accueil-general';
const PASSWORD = 'une phrase assez longue';

let browser: Browser;
let server: TestServer;
let view: WebView;
let page: Page;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer({ isDemo: true })]);
});
beforeEach(async () => {
  view = await openWebView(browser, server);
  ({ page } = view);
});
afterEach(async () => {
  await view.context.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** The number a text begins with, its thousands apart or not. */
function leadingCount(text: string): number {
  return Number(text.replace(/[\s\u00a0\u202f](?=\d)/g, '').match(/^\d+/)?.[0]);
}

/** The week before this one, as the web view writes it into the address. */
async function lastWeek(): Promise<string> {
  await view.goTo('');
  if (!(await isOpen())) return period();
  await page.getByRole('link', { name: /^Période précédente/ }).click();
  await expect.poll(isOpen).toBe(false);
  await view.settle();
  return period();
}

async function isOpen(): Promise<boolean> {
  return (await page.getByText('chiffres provisoires').count()) > 0;
}

function period(): string {
  return new URL(page.url()).searchParams.get('period') ?? '';
}

describe('Semaine', () => {
  it('shows for each service the answers that are in the database, a reading with its base, and the tablet’s last sign of life', async () => {
    const week = await lastWeek();
    const stored = storedCounts(server, week);
    const cards = page.locator('article.service');
    expect(await cards.count()).toBe(6);
    const shown: Record<string, number> = {};
    for (const card of await cards.all()) {
      const name = (await card.getAttribute('aria-label')) ?? '';
      shown[name] = leadingCount(await card.locator('.service-answers strong').innerText());
      expect(await card.innerText()).toMatch(/13 semaines/);
      expect(await card.innerText()).toMatch(/atteint|démontré|pas de verdict|masqué|insatisfait/);
      expect(await card.innerText()).toMatch(/Signal|Pas de signal|Trop peu/);
      expect(await card.locator('.tablet-lines').innerText()).toMatch(/vue|muette/);
    }
    expect(shown).toEqual(stored);
    await page.getByText('Espace familles', { exact: false }).last().waitFor();
  });

  it('tells on every page and in the title that the answers are made up', async () => {
    for (const path of ['', SERVICE, 'verbatims', 'tablettes']) {
      await view.goTo(path);
      await page.getByText('ces réponses sont inventées').waitFor();
      expect(await page.title()).toMatch(/– Parvis$/);
    }
  });

  it('leads through weeks, months and years, each with an address of its own that Back and a colleague can use', async () => {
    const week = await lastWeek();
    const heading = await view.heading().innerText();
    await page.getByRole('link', { name: 'Trimestre', exact: true }).click();
    await expect.poll(period).toMatch(/^\d{4}-Q\d$/);
    await page.getByRole('link', { name: 'l’an dernier' }).click();
    await expect.poll(() => page.url()).toContain('compare=last-year');
    await view.settle();
    const shared = page.url();
    const text = await page.locator('main').innerText();

    await page.goBack();
    await expect.poll(() => page.url()).not.toContain('compare=last-year');
    await page.goBack();
    await expect.poll(period).toBe(week);
    await expect.poll(() => view.heading().innerText()).toBe(heading);
    await page.goForward();
    await expect.poll(period).toMatch(/^\d{4}-Q\d$/);

    const colleague = await view.context.newPage();
    await colleague.goto(shared);
    await colleague.getByRole('article').first().waitFor();
    await expect.poll(() => colleague.locator('main').innerText()).toBe(text);
  });

  it('says what to do where there is nothing to read', async () => {
    await view.goTo('?period=2019-W10');
    await page.getByText('Aucune réponse n’est arrivée pour cette période').waitFor();
    await page.getByRole('link', { name: 'Voir les tablettes' }).click();
    await expect.poll(() => view.heading().innerText()).toBe('Tablettes');
  });

  it('prints the figures and what they are of, without what can only be clicked', async () => {
    await lastWeek();
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.frame-head', '.page-tools', '.stepper', 'footer.frame-foot'])
      expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
    await page.getByText(/^Période : .*Comparée avec : /).waitFor();
    expect(await page.locator('article.service').first().isVisible()).toBe(true);
    expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
  });
});

describe('Service', () => {
  it('shows each question’s answers as they are in the database, and the year as a curve and as the same figures in a table', async () => {
    await view.goTo(`${SERVICE}?period=${await lastWeek()}`);
    const stored = storedCounts(server, period())['Accueil général'];
    expect(leadingCount(await page.locator('.service-summary strong').first().innerText())).toBe(stored);

    await page.locator('canvas').waitFor();
    expect(await page.locator('[role="img"]').first().getAttribute('aria-label')).toContain('52 semaines');
    await page.getByText('Les mêmes chiffres en tableau').click();
    const table = page.getByRole('table', { name: /par semaine/ });
    expect(await table.locator('tbody tr').count()).toBe(52);
    const newest = table.locator('tbody tr').first();
    expect(leadingCount(await newest.locator('td').nth(1).innerText())).toBe(stored);
  });

  it('follows another question and another measure, in the address', async () => {
    await view.goTo(SERVICE);
    await page.getByLabel('Question suivie').selectOption({ index: 1 });
    await expect.poll(() => page.url()).toContain('item=');
    await view.settle();
    await page.getByRole('link', { name: 'Moyenne sur 10' }).click();
    await expect.poll(() => page.url()).toContain('measure=mean-out-of-ten');
    await page.reload();
    await view.settle();
    expect(page.url()).toContain('item=');
    await page.getByText('Mesure affichée : Moyenne sur 10', { exact: false }).waitFor();
  });

  it('shows what arrived after a week was closed as a dated revision', async () => {
    await view.goTo(SERVICE);
    await page.getByRole('heading', { name: 'Révisions' }).waitFor();
    await page.getByRole('table', { name: /Semaines révisées/ }).waitFor();
  });
});

describe('Verbatims', () => {
  it('marks a text as read, and keeps it so', async () => {
    await view.goTo('verbatims?period=2026');
    const card = page.getByRole('article').first();
    const text = await card.locator('blockquote').innerText();
    await card.getByRole('button', { name: 'Marquer comme lu' }).click();
    await card.getByText(/^Lu par/).waitFor();
    await page.reload();
    await view.settle();
    expect(await page.locator('blockquote').allInnerTexts()).not.toContain(text);
    await page.getByRole('link', { name: 'Lus', exact: true }).click();
    await page.locator('blockquote', { hasText: text }).first().waitFor();
  });

  it('hides a text only with a reason, and shows it again', async () => {
    await view.goTo('verbatims?period=2026&state=all');
    const card = page.getByRole('article').first();
    const text = await card.locator('blockquote').innerText();
    await card.getByRole('button', { name: 'Masquer…' }).click();
    await page.getByRole('button', { name: 'Masquer le texte' }).click();
    await page.getByText('Dites en quelques mots pourquoi').waitFor();
    await page.getByRole('textbox', { name: /Pourquoi/ }).fill('numéro de téléphone');
    await page.getByRole('button', { name: 'Masquer le texte' }).click();
    await page.getByText(/Masqué par .* : numéro de téléphone/).waitFor();
    await page.getByRole('link', { name: 'Masqués', exact: true }).click();
    const hidden = page.getByRole('article').filter({ hasText: 'numéro de téléphone' });
    expect(await hidden.locator('blockquote').innerText()).toBe(text);
    await hidden.getByRole('button', { name: 'Montrer de nouveau' }).click();
    await view.goTo('verbatims?period=2026&state=all');
    await page.locator('blockquote', { hasText: text }).first().waitFor();
  });

  it('finds a word whatever its accents and capitals, and says when there is none', async () => {
    await view.goTo('verbatims?period=2026&state=all');
    const first = await page.locator('blockquote').first().innerText();
    const word = first.match(/\p{L}{5,}/u)?.[0] ?? '';
    await page.getByRole('searchbox').fill(word.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase());
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('search=');
    await view.settle();
    expect(await page.locator('blockquote').allInnerTexts()).toContain(first);
    await view.goTo('verbatims?period=2026&state=all&search=xylophone');
    await page.getByText('Aucun texte ne contient').waitFor();
    await page.getByRole('link', { name: 'Voir tous les textes de la période' }).click();
    await expect.poll(() => page.locator('blockquote').count()).toBeGreaterThan(0);
  });
});

describe('Tablettes', () => {
  it('puts the silent tablet first, and says since when', async () => {
    await view.goTo('tablettes');
    const cards = page.getByRole('list', { name: 'Tablettes en service' }).getByRole('article');
    expect(await cards.count()).toBeGreaterThanOrEqual(6);
    await cards
      .first()
      .getByText(/Muette depuis/)
      .waitFor();
  });

  it('gives a code that lets one tablet in, and takes a tablet out of service', async () => {
    await view.goTo('tablettes');
    await page.getByRole('button', { name: 'Ajouter une tablette' }).click();
    await page
      .getByLabel('À quel point d’accueil')
      .selectOption({ label: 'Accueil général – Accueil général' })
      .catch(() => undefined);
    await page.getByRole('button', { name: 'Obtenir un code' }).click();
    const link = await page.getByTestId('enrolment-link').innerText();
    const tablet = await view.context.newPage();
    await tablet.goto(link);
    await tablet.locator('[data-screen="attract"]').waitFor();
    await page.getByRole('button', { name: 'Terminé' }).click();
    await view.settle();
    const newest = page.getByRole('article').filter({ hasText: 'En service' }).first();
    await newest.getByRole('button', { name: /^Révoquer/ }).click();
    await page.getByRole('button', { name: 'Révoquer la tablette' }).click();
    await page
      .getByText(/est révoquée/)
      .first()
      .waitFor();
  });
});

describe('the session', () => {
  it('asks to sign in again over the page when the session has ended, and gives the page back', async () => {
    await view.goTo('compte');
    await page.getByLabel('Nouveau mot de passe').fill(PASSWORD);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Vos changements sont enregistrés').waitFor();

    const week = await lastWeek();
    await view.context.clearCookies();
    await page.getByRole('link', { name: 'Mois', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Votre session a expiré').waitFor();
    await dialog.getByLabel('Mot de passe').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Se connecter' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('article.service').first().waitFor();
    expect(period()).toMatch(/^\d{4}-\d{2}$/);
    await page.goBack();
    await expect.poll(period).toBe(week);
  });

  it('ends when one signs out: nothing is to be seen any more, not even by going back', async () => {
    await view.goTo(SERVICE);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByText('Vous êtes déconnecté').waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Se connecter' }).waitFor();
    expect(await page.locator('article').count()).toBe(0);
    const status = await page.evaluate(async () => (await fetch('/api/v1/scores/overview')).status);
    expect(status).toBe(401);
  });
});
