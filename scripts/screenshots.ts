import { mkdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import type { ComfortMode } from '../domain/comfort.ts';
import { launchBrowser, TABLET } from '../e2e/chromium.ts';
import { giveVoices, switchOn } from '../e2e/comfort.ts';
import { openEnrolledKiosk } from '../e2e/kiosk-page.ts';
import { startServer, type TestServer } from '../e2e/server-process.ts';
import { takePapers } from './screenshots/papers.ts';
import { takeWebView } from './screenshots/web-view.ts';
import { PICTURES, shoot } from './screenshots/shoot.ts';

const ORIENTATIONS = {
  landscape: { width: 1280, height: 800 },
  portrait: { width: 800, height: 1280 },
};
const SUGGESTION =
  'L’accueil est très aimable. Un siège de plus près du guichet aiderait ceux qui attendent debout.';

/** `npm run screenshots`: the pictures of the documentation, from the real pages, a real server and the demonstration year. */
export async function main(): Promise<number> {
  await mkdir(PICTURES, { recursive: true });
  const [browser, server] = await Promise.all([launchBrowser(), startServer({ isDemo: true })]);
  try {
    // Before the tablets, which enrol beside those of the demonstration.
    await takeWebView(browser, server);
    await takePapers(browser, server);
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
