import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { periodBefore, periodContaining, periodToText } from '../domain/periods.ts';
import type { ComfortMode } from '../domain/comfort.ts';
import { launchBrowser, TABLET } from '../e2e/chromium.ts';
import { giveVoices, switchOn } from '../e2e/comfort.ts';
import { openEnrolledKiosk } from '../e2e/kiosk-page.ts';
import { startServer, type TestServer } from '../e2e/server-process.ts';
import { openWebView, type WebView } from '../e2e/web-view.ts';
import { ROOT } from './root.mjs';

const FOLDER = join(ROOT, 'docs/screenshots');
const ORIENTATIONS = {
  landscape: { width: 1280, height: 800 },
  portrait: { width: 800, height: 1280 },
};
/** A desk, a small one, and a telephone. */
const DESKS = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;
/** Of a long page of figures the beginning is enough. */
const LONGEST_PX = 1_560;
const SUGGESTION =
  'L’accueil est très aimable. Un siège de plus près du guichet aiderait ceux qui attendent debout.';

/** `npm run screenshots`: the pictures of the documentation, from the real pages, a real server and the demonstration year. */
export async function main(): Promise<number> {
  await mkdir(FOLDER, { recursive: true });
  const [browser, server] = await Promise.all([launchBrowser(), startServer({ isDemo: true })]);
  try {
    // Before the tablets, which enrol beside those of the demonstration.
    await takeWebView(browser, server);
    for (const orientation of ['landscape', 'portrait'] as const)
      for (const variant of VARIANTS) await takeKiosk(browser, server, orientation, variant);
  } finally {
    await browser.close();
    await server.dispose();
  }
  return 0;
}

/** What a visitor may have chosen on the tablet; a name for the files, empty for a visit in French with no extra help. */
interface Variant {
  readonly name: string;
  readonly language?: string;
  readonly mode?: ComfortMode;
}

const VARIANTS: readonly Variant[] = [
  { name: '' },
  { name: 'facile', language: 'Français facile' },
  { name: 'arabe', language: 'العربية' },
  { name: 'grand-texte', mode: 'large' },
  { name: 'contraste', mode: 'contrast' },
  { name: 'bas', mode: 'low' },
];
const SUGGESTION_BY_LANGUAGE: Readonly<Record<string, string>> = { العربية: 'شكرًا على حسن الاستقبال.' };

async function takeKiosk(
  browser: Browser,
  server: TestServer,
  orientation: keyof typeof ORIENTATIONS,
  { name, language, mode }: Variant,
): Promise<void> {
  const context = await browser.newContext({
    ...TABLET,
    viewport: ORIENTATIONS[orientation],
    reducedMotion: 'reduce',
  });
  // The runner of scripts names functions by a helper that a page does not have.
  await context.addInitScript('globalThis.__name = (named) => named');
  await giveVoices(context);
  const kiosk = await openEnrolledKiosk(context, server);
  const { page } = kiosk;
  const take = (screen: string) => shoot(page, [screen, name, orientation].filter(Boolean).join('-'));
  await page.locator('.presence svg, .presence canvas').first().waitFor();
  if (name === '') await take('attract');
  if (language !== undefined) await kiosk.chooseLanguage(language);
  if (mode !== undefined) await switchOn(page, mode);
  await kiosk.touchFace('very-satisfied');
  await take('question');
  await kiosk.answerQuestions('fairly-satisfied');
  await kiosk.see('suggestion');
  await page.locator('textarea').tap();
  await page.locator('.keyboard button').first().waitFor();
  await kiosk.type(SUGGESTION_BY_LANGUAGE[language ?? ''] ?? SUGGESTION);
  await take('suggestion');
  await page.locator('footer .button-main').tap();
  await kiosk.see('thanks');
  await take('thanks');
  await context.close();
}

async function takeWebView(browser: Browser, server: TestServer): Promise<void> {
  const view = await openWebView(browser, server);
  await choosePassword(view);
  const period = await lastWeek(view);
  const pages = {
    week: `?period=${period}`,
    service: `services/ville-de-libourne/etat-civil?period=${period}`,
    verbatims: `verbatims?period=${period}&state=all`,
    tablets: 'tablettes',
    moderation: 'moderation',
    attendance: 'frequentation',
    publication: 'affichage',
    exports: 'exports',
    people: 'personnes',
    account: 'compte',
  };
  for (const [width, height] of DESKS) {
    await view.page.setViewportSize({ width, height });
    for (const [name, path] of Object.entries(pages)) {
      await view.goTo(path);
      await shoot(view.page, width === DESKS[0][0] ? name : `${name}-${width}`);
    }
  }
  await view.context.close();
}

/** The last week that has ended, whatever day it is at the town hall. */
async function lastWeek({ page, goTo }: WebView): Promise<string> {
  await goTo('');
  const today = await page.evaluate(async () => (await (await fetch('/api/v1/session')).json()).today);
  return periodToText(periodBefore(periodContaining('week', today)));
}

/** Whoever came by a link is asked to choose one; the pictures are of somebody who has. */
async function choosePassword({ page, goTo }: WebView): Promise<void> {
  await goTo('compte');
  await page.getByLabel('Nouveau mot de passe').fill('une phrase assez longue');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Vos changements sont enregistrés').waitFor();
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() =>
    [...document.querySelectorAll('canvas')].every((canvas) =>
      canvas
        .getContext('2d')
        ?.getImageData(0, 0, canvas.width, canvas.height)
        .data.some((level) => level > 0),
    ),
  );
  const { width, height } = page.viewportSize() ?? ORIENTATIONS.landscape;
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.screenshot({
    path: join(FOLDER, `${name}.png`),
    animations: 'disabled',
    caret: 'hide',
    fullPage: true,
    clip: { x: 0, y: 0, width, height: Math.min(Math.max(whole, height), LONGEST_PX) },
  });
}
