import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { launchBrowser } from './chromium.ts';
import { startServer, type TestServer } from './server-process.ts';
import { readXlsx } from 'hucre';
import { readFileSync } from 'node:fs';
import { storedCounts } from './stored-answers.ts';
import { openWebView, type WebView, webViewOn } from './web-view.ts';

const SERVICE = 'services/ville-de-libourne/accueil-general';
const PASSWORD = 'une phrase assez longue';

let browser: Browser;
let server: TestServer;
let view: WebView;
let page: Page;

beforeAll(async () => {
  // Sets a password and comes back by it, as whoever keeps no authenticator: that is let in where no role needs one.
  const env = { SECOND_FACTOR_FOR: 'nobody' };
  [browser, server] = await Promise.all([launchBrowser(), startServer({ isDemo: true, env })]);
  view = await openWebView(browser, server);
});
beforeEach(async () => {
  view = webViewOn(await view.context.newPage(), server.origin);
  ({ page } = view);
});
afterEach(async () => {
  await page.close();
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
    const readings = await page.locator('.service-reading').allInnerTexts();

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
    await expect.poll(() => colleague.locator('.service-reading').allInnerTexts()).toEqual(readings);
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
    await page.getByText(/^Période\s:.*Comparée avec\s:/).waitFor();
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
    const table = page.getByRole('table', { name: /par semaine\s:/ });
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
    const count = async () => leadingCount(await page.locator('.verbatims-head p').innerText());
    const before = await count();
    await card.getByRole('button', { name: 'Marquer comme lu' }).click();
    await card.getByText(/^Lu par/).waitFor();
    await page.reload();
    await view.settle();
    expect(await count()).toBe(before - 1);
    await page.getByRole('link', { name: 'Lus', exact: true }).click();
    await view.settle();
    await page
      .getByRole('article')
      .filter({ hasText: text })
      .getByText(/^Lu par .*à l’instant|^Lu par .*il y a/)
      .first()
      .waitFor();
  });

  it('hides a text only with a reason, and shows it again', async () => {
    await view.goTo('verbatims?period=2026&state=all');
    const card = page.getByRole('article').first();
    const text = await card.locator('blockquote').innerText();
    await card.getByRole('button', { name: 'Masquer…' }).click();
    await page.getByRole('button', { name: 'Masquer le texte' }).click();
    await page.getByText('Choisissez un motif').waitFor();
    await page.getByRole('radio', { name: 'Autre motif' }).check();
    await page.getByRole('button', { name: 'Masquer le texte' }).click();
    await page.getByText('Dites en quelques mots pourquoi').waitFor();
    await page.getByRole('textbox', { name: /Précision/ }).fill('numéro de téléphone');
    await page.getByRole('button', { name: 'Masquer le texte' }).click();
    await page.getByText(/Masqué par .*\s:\snuméro de téléphone/).waitFor();
    await page.getByRole('link', { name: 'Masqués', exact: true }).click();
    const hidden = page.getByRole('article').filter({ hasText: 'numéro de téléphone' });
    expect(await hidden.locator('blockquote').innerText()).toBe(text);
    await hidden.getByRole('button', { name: 'Remettre à modérer' }).click();
    await page.getByText('Le texte est de nouveau à modérer').waitFor({ state: 'attached' });
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
  it('puts the tablets that are silent first, and says how many there are', async () => {
    await view.goTo('tablettes');
    const cards = page.getByRole('list', { name: 'Tablettes en service' }).getByRole('article');
    const marks = await cards.locator('.tablet-mark').allInnerTexts();
    expect(marks.length).toBeGreaterThanOrEqual(6);
    // Which tablets are silent depends on the hour: a reception that is closed may let its tablet sleep.
    const silent: boolean[] = await page.evaluate(async () => {
      const fleet = await (await fetch('/api/v1/fleet')).json();
      return fleet.tablets.map((tablet: { isSilent: boolean }) => tablet.isSilent);
    });
    const expected = silent.toSorted((a, b) => Number(b) - Number(a));
    expect(marks.map((mark) => mark.startsWith('Muette'))).toEqual(expected);
    const silentCount = silent.filter(Boolean).length;
    const words = silentCount === 0 ? 'aucune muette' : `dont ${silentCount} muette`;
    await page.getByText(`${marks.length} tablettes en service, ${words}`).waitFor();
  });

  it('gives a code that lets one tablet in, and takes a tablet out of service', async () => {
    await view.goTo('tablettes');
    await page.getByRole('button', { name: 'Ajouter une tablette' }).click();
    await page.getByRole('button', { name: 'Obtenir un code' }).click();
    const link = await page.getByTestId('enrolment-link').innerText();
    const tablet = await view.context.newPage();
    await tablet.goto(link);
    await tablet.locator('[data-screen="attract"]').waitFor();
    await page.getByRole('button', { name: 'Terminé' }).click();
    await view.settle();
    const newest = page.getByRole('article').filter({ hasText: 'En service' }).first();
    await newest.getByRole('button', { name: /^Révoquer/ }).click();
    await page.getByRole('button', { name: 'Révoquer la tablette', exact: true }).click();
    await page
      .getByText(/est révoquée/)
      .first()
      .waitFor();
  });
});

/** Takes a file from the page's own menu. */
async function download(name: RegExp): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await page.locator('summary', { hasText: 'Exporter' }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name }).click();
  const file = await coming;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** The rows of a CSV file of ours, by column name. */
function rowsOf(csv: Buffer): readonly Readonly<Record<string, string>>[] {
  const [header = [], ...rows] = csv
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.slice(1, -1).split('";"'));
  return rows.map((row) => Object.fromEntries(header.map((column, index) => [column, row[index] ?? ''])));
}

describe('Exporter', () => {
  it('gives the week as a CSV file whose figures are those on the screen, for French Excel', async () => {
    await lastWeek();
    const shown: Record<string, number> = {};
    for (const card of await page.locator('article.service').all())
      shown[(await card.getAttribute('aria-label')) ?? ''] = leadingCount(
        await card.locator('.service-answers strong').innerText(),
      );
    const { name, bytes } = await download(/^CSV/);

    expect(name).toMatch(/^parvis-DEMONSTRATION-semaine-\d{4}-W\d\d\.csv$/);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows = rowsOf(bytes);
    const services = rows.filter(({ Service }) => Object.hasOwn(shown, Service ?? ''));
    expect(Object.fromEntries(services.map((row) => [row['Service'], Number(row['Réponses'])]))).toEqual(
      shown,
    );
    const total = rows.find(({ Service }) => Service === 'Tous les services en activité');
    const sum = Object.values(shown).reduce((all, one) => all + one, 0);
    expect(Number(total?.['Réponses'])).toBe(sum);
    expect(
      leadingCount((await page.locator('main').innerText()).split('ensemble').at(-1)?.trim() ?? ''),
    ).toBe(sum);
    for (const row of services) {
      const share = row['Part de satisfaits (%)'] ?? '';
      expect(share).toMatch(/^(\d+,\d)?$/);
      const card = await view.service(row['Service'] ?? '').innerText();
      // Where the file tells a share, the screen tells the very same.
      if (share !== '')
        expect(card.replace(/[\u00a0\u202f]/g, ' ')).toContain(`${share.replace(/,0$/, ',0')} %`);
    }
  });

  it('gives a service as a workbook with a dictionary, and the texts on the screen as a file', async () => {
    await view.goTo(`${SERVICE}?period=2026`);
    const answers = leadingCount(await page.locator('.service-summary strong').first().innerText());
    const { name, bytes } = await download(/^XLSX/);
    expect(name).toMatch(/\.xlsx$/);
    const { sheets } = await readXlsx(bytes);
    expect(sheets.map((sheet) => sheet.name)).toContain('Dictionnaire');
    expect(JSON.stringify(sheets.map((sheet) => sheet.rows))).toContain(`${answers}`);

    await view.goTo('verbatims?period=2026&state=all');
    const texts = leadingCount(await page.locator('.verbatims-head p').innerText());
    const csv = await download(/^CSV/);
    const rows = csv.bytes.toString('utf8').split('"\r\n"').length - 1;
    await page.getByRole('combobox', { name: 'Modération' }).selectOption('released');
    await expect.poll(() => page.url()).toContain('moderation=released');
    await view.settle();
    expect(rows).toBe(leadingCount(await page.locator('.verbatims-head p').innerText()));
    expect(rows).toBeLessThan(texts);
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
    await view.goTo('');
    await page.getByRole('link', { name: 'Accueil général', exact: true }).click();
    await expect.poll(() => page.url()).toContain(SERVICE);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByText('Vous êtes déconnecté').waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Se connecter' }).waitFor();
    expect(await page.locator('article').count()).toBe(0);
    const status = await page.evaluate(async () => (await fetch('/api/v1/scores/overview')).status);
    expect(status).toBe(401);
  });
});
