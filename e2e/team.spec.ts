import { Secret, TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMailServer, type TestMailServer } from '../sync-server/mail/test-mail-server.ts';
import { violationsOf } from './axe.ts';
import { DESK, launchBrowser } from './chromium.ts';
import { startServer, type TestServer } from './server-process.ts';
import { openWebView, type WebView, webViewOn } from './web-view.ts';

const CLAIRE = 'claire.martin@libourne.example';
const PASSWORD = 'une phrase assez longue';

let mail: TestMailServer;
let server: TestServer;
let browser: Browser;
let admin: WebView;
beforeAll(async () => {
  mail = await openMailServer();
  const env = { SMTP_URL: mail.config.smtpUrl, MAIL_FROM: mail.config.from };
  [browser, server] = await Promise.all([launchBrowser(), startServer({ env })]);
  admin = await openWebView(browser, server);
});
afterAll(async () => {
  await browser.close();
  await server.dispose();
  await mail.close();
});

const lastLink = async (count: number) => {
  await expect.poll(() => mail.letters.length).toBe(count);
  return /(http\S+#link=\S+)/.exec(mail.letters.at(-1)?.text ?? '')?.[1] ?? '';
};

describe('a référent', () => {
  it('is invited by keyboard alone, comes in by the letter, and finds their own services and nothing else', async () => {
    const { page } = admin;
    await admin.goTo('personnes');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Inviter une personne' }).press('Enter');
    await page.getByLabel('Nom', { exact: true }).focus();
    await page.keyboard.type('Claire Martin');
    await page.keyboard.press('Tab');
    await page.keyboard.type(CLAIRE);
    await page.getByLabel('État civil').press('Space');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('Claire Martin a reçu un lien').waitFor();

    const context = await browser.newContext(DESK);
    const own = webViewOn(await context.newPage(), server.origin);
    await own.page.goto(await lastLink(1));
    const navigation = own.page.getByRole('navigation', { name: 'Navigation principale' });
    await navigation.waitFor();
    expect(await navigation.getByRole('link').allTextContents()).not.toContain('Personnes');
    const session = (await own.page.evaluate(async () => (await fetch('/api/v1/session')).json())) as {
      services: { serviceName: string }[];
    };
    expect(session.services.map(({ serviceName }) => serviceName)).toEqual(['État civil']);
    await context.close();
  });

  it('asks for another link on the page of signing in', async () => {
    const context = await browser.newContext(DESK);
    const page = await context.newPage();
    await page.goto(`${server.origin}/admin/`);
    const form = page.locator('section', { hasText: 'Sans mot de passe' });
    await form.getByLabel('Adresse électronique').fill(CLAIRE);
    expect(await violationsOf(page)).toEqual([]);
    await form.getByRole('button', { name: 'Recevoir un lien' }).click();
    await page.getByText(`Si un compte existe pour ${CLAIRE}`).waitFor();
    await page.goto(await lastLink(2));
    await page.getByRole('link', { name: 'Mon compte' }).waitFor();
    await context.close();
  });
});

describe('the second factor', () => {
  it('is set up on the account’s page and asked for at the next sign-in', async () => {
    const { page } = admin;
    await admin.goTo('compte');
    await page.getByLabel('Nouveau mot de passe').fill(PASSWORD);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Vos changements sont enregistrés').waitFor();
    await page.getByRole('button', { name: 'Ajouter un code' }).click();
    const secret = (await page.locator('.second-factor-secret').textContent()) ?? '';
    const code = (steps: number) =>
      new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
        timestamp: Date.now() + steps * 30_000,
      });
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel('Code à usage unique').fill(code(0));
    await page.getByRole('button', { name: 'Vérifier le code' }).click();
    await page.getByText('Gardez ces codes de secours').waitFor();

    await page.getByRole('button', { name: 'Se déconnecter', exact: true }).click();
    // The account's page has the same fields: they are those of signing in once its button is there.
    const signIn = page.getByRole('button', { name: 'Se connecter' });
    await signIn.waitFor();
    await page.getByLabel('Adresse électronique').first().fill('qualite@libourne.example');
    await page.getByLabel('Mot de passe').fill(PASSWORD);
    await signIn.click();
    // The code of now was spent on setting up; that of the next half minute is taken too.
    await page.getByLabel('Code à usage unique').fill(code(1));
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
  });
});

describe('an administrator who signs in by password', () => {
  it('sets up a second factor before anything else, by keyboard alone, and then goes on', async () => {
    const context = await browser.newContext({ ...DESK, viewport: { width: 390, height: 844 } });
    const own = webViewOn(await context.newPage(), server.origin);
    const { page } = own;
    await page.goto(await server.createSignInLink('sophie@libourne.example'));
    // A link of the machine leads to the page of the week in one step.
    await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
    await own.goTo('compte');
    await page.getByLabel('Nouveau mot de passe').fill(PASSWORD);
    await page.getByRole('button', { name: 'Enregistrer' }).press('Enter');
    await page.getByText('Vos changements sont enregistrés').waitFor();
    await page.getByRole('button', { name: 'Se déconnecter', exact: true }).press('Enter');
    const signIn = page.getByRole('button', { name: 'Se connecter' });
    await signIn.waitFor();
    await page.getByLabel('Adresse électronique').first().fill('sophie@libourne.example');
    await page.getByLabel('Mot de passe').fill(PASSWORD);
    await signIn.press('Enter');
    await page.getByRole('heading', { name: 'Un code avant de continuer' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    const refused = await page.evaluate(async () => (await fetch('/api/v1/scores/overview')).json());
    expect(refused).toMatchObject({ code: 'second-factor-required' });
    await page.getByRole('button', { name: 'Ajouter un code' }).press('Enter');
    const secret = (await page.locator('.second-factor-secret').textContent()) ?? '';
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel('Code à usage unique').focus();
    await page.keyboard.type(
      new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({ timestamp: Date.now() }),
    );
    await page.keyboard.press('Enter');
    await page.getByText('Gardez ces codes de secours').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continuer' }).press('Enter');
    await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
    await context.close();
  });
});

describe('the journal', () => {
  it('has told all of it, and is narrowed by its address', async () => {
    const { page } = admin;
    await admin.goTo('journal');
    expect(await violationsOf(page)).toEqual([]);
    for (const what of [
      'A invité une personne',
      'A demandé un lien de connexion',
      'A ajouté un second facteur',
    ])
      expect(await page.locator('tbody').textContent()).toContain(what);
    await page.getByLabel('Quoi').selectOption('person-invited');
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await expect.poll(async () => page.locator('tbody tr').count()).toBe(1);
    expect(new URL(page.url()).search).toBe('?action=person-invited');
  });
});
