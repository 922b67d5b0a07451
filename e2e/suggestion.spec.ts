import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LANDSCAPE, launchBrowser, TABLET } from './chromium.ts';
import { type KioskPage, openEnrolledKiosk } from './kiosk-page.ts';
import { type PolicyWatch, watchPolicy } from './policy-watch.ts';
import { keyNamed, keyShowing, typeOnScreen } from './screen-keys.ts';
import { startServer, type TestServer } from './server-process.ts';
import { countedByCode, watchAnswers } from './stored-answers.ts';
import { measureTargets, SIZES_OF_THIS_RUN } from './targets.ts';
import { THEMES, writeThemedTown } from './themed-town.ts';
import { openWebView } from './web-view.ts';

const LEAST_KEY_PX = 44;

let browser: Browser;
let server: TestServer;
let folder: string;
let watch: PolicyWatch;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parvis-e2e-town-'));
  const TOWN_FILE = await writeThemedTown(folder);
  [browser, server] = await Promise.all([launchBrowser(), startServer({ env: { TOWN_FILE } })]);
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  // Whatever a test does on the keyboard, the page's policy has refused nothing of it.
  if (watch.complaints.length > 0) throw new Error(watch.complaints.join('\n'));
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** A visitor at the suggestion, in front of a tablet of some size. */
async function atSuggestion(
  options: { readonly viewport?: { width: number; height: number }; readonly ownName?: string } = {},
): Promise<KioskPage> {
  const context = await browser.newContext({ ...TABLET, viewport: options.viewport ?? LANDSCAPE });
  contexts.push(context);
  watch = await watchPolicy(context);
  const kiosk = await openEnrolledKiosk(context, server);
  if (options.ownName !== undefined) await kiosk.chooseLanguage(options.ownName);
  await kiosk.touchFace('very-satisfied');
  await kiosk.answerQuestions('very-satisfied');
  await kiosk.see('suggestion');
  await keyNamed(kiosk.page, '{space}').waitFor();
  return kiosk;
}

const field = ({ page }: KioskPage): Locator => page.getByRole('textbox');
const sendButton = ({ page }: KioskPage): Locator => page.locator('footer .button-main');
const guardOf = ({ page }: KioskPage): Locator => page.getByRole('dialog');
const outOfSight = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return [scrollWidth - clientWidth, scrollHeight - clientHeight];
  });

describe('T15: the comment field', () => {
  it('T15: has a label, a help and a count, and the count is announced when typing rests', async () => {
    const kiosk = await atSuggestion();
    await kiosk.page.getByRole('textbox', { name: 'Une suggestion' }).waitFor();
    const description = await field(kiosk).evaluate((element) =>
      (element.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent)
        .join(' '),
    );
    expect(description).toContain('N’écrivez ni nom');
    expect(description).toContain('Il reste 500 caractères.');
    await typeOnScreen(kiosk.page, 'Merci');
    await kiosk.page.getByRole('status').filter({ hasText: 'Il reste 495 caractères.' }).waitFor();
  });

  it.each(SIZES_OF_THIS_RUN)(
    'T15: field, keyboard and « Envoyer » are seen together at $width × $height, no key under 44 px, in nine languages',
    async (viewport) => {
      const kiosk = await atSuggestion({ viewport });
      for (const ownName of [
        null,
        'Français facile',
        'Português',
        'English',
        'Español',
        'العربية',
        'Türkçe',
        'Українська',
        'Deutsch',
      ]) {
        if (ownName !== null) await kiosk.chooseLanguage(ownName);
        await keyNamed(kiosk.page, '{space}').waitFor();
        for (const page of ['{letters}', '{signs}']) {
          if ((await keyNamed(kiosk.page, page).count()) > 0) await keyNamed(kiosk.page, page).tap();
          const targets = await measureTargets(kiosk.page);
          const small = targets.filter(
            ({ kind, width, height }) => kind === 'key' && Math.min(width, height) < LEAST_KEY_PX,
          );
          expect(small, `${ownName} ${page}`).toEqual([]);
          expect(targets.filter(({ kind }) => kind === 'key').length).toBeGreaterThan(30);
          for (const { name, top, height } of targets)
            expect(top + height, `${ownName}: ${name}`).toBeLessThanOrEqual(viewport.height);
          expect(await outOfSight(kiosk.page), `${ownName}`).toEqual([0, 0]);
        }
      }
    },
  );

  it('T15: a French sentence is typed by touching keys, accents and capitals included, and arrives as typed', async () => {
    const kiosk = await atSuggestion();
    const arriving = watchAnswers(server);
    const text = 'Très bon accueil, même à midi. Où est l’ascenseur ? Un café à Noël, 10 h 30 !';
    await typeOnScreen(kiosk.page, text);
    await expect.poll(() => field(kiosk).inputValue()).toBe(text);
    await kiosk.touch('Envoyer');
    await kiosk.see('thanks');
    expect((await arriving.onceThereAre(1))[0]).toMatchObject({ disposition: 'complete', text });
  });

  it.each([
    ['العربية', 'ar', 'شكرا، استقبال جيد جدا. لا انتظار!'],
    ['Українська', 'uk', 'Дякую, дуже гарний прийом. Ще б їжу й ґанок!'],
    ['Türkçe', 'tr', 'İyi ağırlama, çok teşekkürler. Işık az.'],
    ['Deutsch', 'de', 'Schöner Empfang, größer wäre übersichtlicher.'],
  ])('T15: a sentence is typed by touching keys in %s', async (ownName, language, text) => {
    const kiosk = await atSuggestion({ ownName });
    const arriving = watchAnswers(server);
    await typeOnScreen(kiosk.page, text);
    await sendButton(kiosk).tap();
    await kiosk.see('thanks');
    expect((await arriving.onceThereAre(1))[0]).toMatchObject({ language, text });
  });
});

describe('the keyboard of the screen', () => {
  it('keeps the system’s keyboard away, and lets a real one type', async () => {
    const kiosk = await atSuggestion();
    for (const [name, value] of Object.entries({
      inputmode: 'none',
      autocomplete: 'off',
      autocorrect: 'off',
      spellcheck: 'false',
    }))
      expect(await field(kiosk).getAttribute(name)).toBe(value);
    await field(kiosk).tap();
    await kiosk.page.keyboard.type('Tapé à la main');
    await keyNamed(kiosk.page, '{space}').tap();
    await kiosk.page.keyboard.type('et au doigt');
    await expect.poll(() => field(kiosk).inputValue()).toBe('Tapé à la main et au doigt');
  });

  it('types at the caret, in place of what is selected, and deletes before it', async () => {
    const kiosk = await atSuggestion();
    await typeOnScreen(kiosk.page, 'Bonsoir');
    await field(kiosk).evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(3, 7));
    await typeOnScreen(kiosk.page, 'jour');
    await field(kiosk).evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(1, 1));
    await keyNamed(kiosk.page, '{bksp}').tap();
    await keyShowing(kiosk.page, 'B').tap();
    await expect.poll(() => field(kiosk).inputValue()).toBe('Bonjour');
  });

  it('refuses a letter too many, and says that none is left', async () => {
    const kiosk = await atSuggestion();
    await kiosk.type('a'.repeat(500));
    await keyShowing(kiosk.page, 'b').tap();
    await expect.poll(() => field(kiosk).inputValue()).toBe('a'.repeat(500));
    await kiosk.page.getByRole('status').filter({ hasText: 'Il reste 0 caractère.' }).waitFor();
  });

  it('is reached by Tab and pressed by Enter, each key by its name, and tells what was typed', async () => {
    const kiosk = await atSuggestion();
    const { page } = kiosk;
    const group = page.getByRole('group', { name: 'Clavier' });
    for (const name of ['Effacer', 'Espace', 'Majuscules', 'Chiffres et signes'])
      await group.getByRole('button', { name, exact: true }).waitFor();
    await field(kiosk).focus();
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('É');
    await page.keyboard.press('Enter');
    await expect.poll(() => field(kiosk).inputValue()).toBe('É');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('é');
    await page.getByRole('status').filter({ hasText: /^É$/ }).waitFor();
    await group.getByRole('button', { name: 'Chiffres et signes' }).press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Lettres');
  });

  it('leaves nothing of one visitor: neither text nor themes nor shift, in the page or in the keyboard’s own memory', async () => {
    const kiosk = await atSuggestion();
    const { page } = kiosk;
    await typeOnScreen(page, 'canari');
    await page.getByRole('button', { name: 'Les locaux' }).tap();
    await keyNamed(page, '{shift}').tap();
    await keyNamed(page, '{shift}').tap();
    const memory = () =>
      page.evaluate(() => {
        const { SimpleKeyboardInstances = {} } = window as {
          SimpleKeyboardInstances?: Record<string, { getAllInputs(): object }>;
        };
        return Object.values(SimpleKeyboardInstances).map((keyboard) =>
          JSON.stringify(keyboard.getAllInputs()),
        );
      });
    await expect.poll(() => memory()).toEqual(['{"default":""}']);
    await kiosk.touch('Terminer sans suggestion');
    await kiosk.see('thanks');
    expect(await memory()).toEqual([]);
    await kiosk.touch('Revenir au début');
    await kiosk.touchFace('very-satisfied');
    await kiosk.answerQuestions('very-satisfied');
    await kiosk.see('suggestion');
    await keyNamed(page, '{space}').waitFor();
    expect(await page.content()).not.toMatch(/canari/i);
    await expect.poll(() => page.getByRole('button', { pressed: true }).allTextContents()).toEqual(['']);
    await expect.poll(() => keyNamed(page, '{shift}').getAttribute('data-shift')).toBe('sentence');
  });

  it('is done without where it cannot be loaded: the field takes what the device has', async () => {
    const context = await browser.newContext({ ...TABLET, serviceWorkers: 'block' });
    contexts.push(context);
    watch = await watchPolicy(context, (line) => line.includes('ERR_FAILED'));
    await context.route(/\/assets\/suggestion-.*\.js/, (route) => route.abort());
    const kiosk = await openEnrolledKiosk(context, server);
    const arriving = watchAnswers(server);
    await kiosk.touchFace('very-satisfied');
    await kiosk.answerQuestions('very-satisfied');
    await kiosk.see('suggestion');
    await expect.poll(() => field(kiosk).getAttribute('inputmode')).toBe('text');
    await kiosk.type('Sans clavier');
    await kiosk.touch('Envoyer');
    await kiosk.see('thanks');
    expect((await arriving.onceThereAre(1))[0]).toMatchObject({ text: 'Sans clavier' });
  });
});

describe('themes', () => {
  it('are an answer by themselves, kept over going back and another language, stored and counted', async () => {
    const kiosk = await atSuggestion();
    const arriving = watchAnswers(server);
    const before = countedByCode(server, 'SUGG');
    await kiosk.page.getByRole('button', { name: 'Les locaux' }).tap();
    await kiosk.page.getByRole('button', { name: 'L’attente' }).tap();
    await kiosk.touch('Modifier');
    await kiosk.touchFace('very-satisfied');
    await kiosk.see('suggestion');
    await kiosk.chooseLanguage('English');
    expect(
      await kiosk.page.getByRole('button', { pressed: true }).filter({ hasText: /\S/ }).allTextContents(),
    ).toEqual(['The wait', 'The premises']);
    await kiosk.touch('Send');
    await kiosk.see('thanks');
    const [answer] = await arriving.onceThereAre(1);
    expect(answer).toMatchObject({ disposition: 'complete', text: null });
    expect(answer?.codes['SUGG']).toBe('wait,premises');
    const counted = countedByCode(server, 'SUGG');
    expect(counted['wait']).toBe((before['wait'] ?? 0) + 1);
    expect(counted['premises']).toBe((before['premises'] ?? 0) + 1);
    expect(counted['information']).toBe(before['information']);
    expect(THEMES.map(({ code }) => code)).toContain('information');
  });
});

describe('the guard against personal data', () => {
  const text = 'Demandez M. Dupont au 06 12 34 56 78.';

  it('shows what looks personal and goes back to it, marked, when asked to change', async () => {
    const kiosk = await atSuggestion();
    const arriving = watchAnswers(server);
    await kiosk.type(text);
    await kiosk.touch('Envoyer');
    await guardOf(kiosk).waitFor();
    await expect
      .poll(() => guardOf(kiosk).locator('mark').allTextContents())
      .toEqual(['M. Dupont', '06 12 34 56 78']);
    expect(await guardOf(kiosk).innerText()).toContain('un numéro de téléphone');
    await expect.poll(() => kiosk.page.evaluate(() => document.activeElement?.textContent)).toBe('Modifier');
    await guardOf(kiosk).getByRole('button', { name: 'Modifier' }).tap();
    await expect.poll(() => field(kiosk).inputValue()).toBe(text);
    await keyNamed(kiosk.page, '{bksp}').tap();
    await expect.poll(() => field(kiosk).inputValue()).toBe('Demandez  au 06 12 34 56 78.');
    await kiosk.type('Demandez au guichet.');
    await kiosk.touch('Envoyer');
    await kiosk.see('thanks');
    const [answer] = await arriving.onceThereAre(1);
    expect(answer?.text).toBe('Demandez au guichet.');
    expect(answer?.flags.filter((flag) => flag.startsWith('personal-data'))).toEqual([]);
  });

  it('never blocks: what stays is sent, and marked for whoever reads it', async () => {
    const kiosk = await atSuggestion();
    const arriving = watchAnswers(server);
    await kiosk.type(text);
    await kiosk.touch('Envoyer');
    await guardOf(kiosk).getByRole('button', { name: 'Envoyer quand même' }).tap();
    await kiosk.see('thanks');
    const [answer] = await arriving.onceThereAre(1);
    expect(answer).toMatchObject({ text });
    expect(answer?.flags).toEqual(expect.arrayContaining(['personal-data-name', 'personal-data-telephone']));

    const view = await openWebView(browser, server);
    contexts.push(view.context);
    await view.goTo('verbatims?state=all&search=Dupont');
    const mark = view.page.getByText('Peut contenir une donnée personnelle');
    expect(await mark.innerText()).toMatch(/téléphone, nom$/);
    await view.goTo('verbatims?state=all&search=ascenseur');
    expect(await mark.count()).toBe(0);
  });

  it('is wiped with the visit when the visitor walks away from its question', async () => {
    const context = await browser.newContext(TABLET);
    contexts.push(context);
    watch = await watchPolicy(context);
    await context.clock.install();
    const kiosk = await openEnrolledKiosk(context, server);
    await kiosk.touchFace('very-satisfied');
    await kiosk.answerQuestions('very-satisfied');
    await kiosk.see('suggestion');
    await kiosk.type(text);
    await kiosk.touch('Envoyer');
    await guardOf(kiosk).waitFor();
    await context.clock.fastForward(62_000);
    await kiosk.page.getByRole('alertdialog').waitFor();
    await context.clock.fastForward(32_000);
    await kiosk.see('attract');
    expect(await kiosk.page.content()).not.toContain('Dupont');
  });
});
