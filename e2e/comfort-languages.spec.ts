import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ComfortMode } from '../domain/comfort.ts';
import { LANGUAGES } from '../domain/survey.ts';
import { OWN_NAMES } from '../kiosk/words/languages.ts';
import { violationsOf } from './axe.ts';
import { launchBrowser, TABLET } from './chromium.ts';
import { switchOff, switchOn } from './comfort.ts';
import { openEnrolledKiosk } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { SIZES } from './targets.ts';

/** Alone, each comfort is looked at in French on every size (`comfort.spec.ts`); by night in every language and on every size. */
const IS_NIGHT = process.env['PARVIS_NIGHTLY'] === '1';
const TOGETHER: readonly ComfortMode[] = ['large', 'contrast', 'low'];
const LOOKS: readonly (readonly ComfortMode[])[] = [
  [],
  ...(IS_NIGHT ? TOGETHER.map((mode) => [mode]) : []),
  TOGETHER,
];

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

it.each(IS_NIGHT ? SIZES : SIZES.slice(0, 1))(
  'T11: axe finds nothing at $width × $height on any screen of a visit, in nine languages, plain and in « Grand texte », « Contraste » and « Bas »',
  async (viewport) => {
    const context = await browser.newContext({ ...TABLET, viewport, reducedMotion: 'reduce' });
    const kiosk = await openEnrolledKiosk(context, server);
    const { page } = kiosk;
    const faults: string[] = [];
    const seen = new Set<string>();

    async function lookIn(screen: string): Promise<void> {
      for (const modes of LOOKS) {
        for (const mode of modes) await switchOn(page, mode);
        for (const language of LANGUAGES) {
          await kiosk.chooseLanguage(OWN_NAMES[language]);
          seen.add(`${screen} ${modes.join('+')} ${await shownIn(page)}`);
          for (const violation of await violationsOf(page))
            faults.push(`${screen}, ${language}, ${modes.join(' + ')}: ${violation}`);
        }
        await kiosk.chooseLanguage(OWN_NAMES.fr);
        for (const mode of modes) await switchOff(page, mode);
      }
    }

    await lookIn('attract');
    await kiosk.touchFace('very-satisfied');
    await lookIn('question');
    await kiosk.answerQuestions('fairly-satisfied');
    await kiosk.see('suggestion');
    await page.locator('.keys button').first().waitFor();
    await lookIn('suggestion');
    await kiosk.touch('Terminer sans suggestion');
    await kiosk.see('thanks');
    await lookIn('thanks');
    expect(faults).toEqual([]);
    expect(seen.size).toBe(4 * LOOKS.length * LANGUAGES.length);
    await context.close();
  },
);

/** What the page itself says it is in. */
function shownIn(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { lang, dataset } = document.documentElement;
    return `${document.querySelector('[data-screen]')?.getAttribute('data-screen')} ${lang} ${dataset['comfort'] ?? ''}`;
  });
}
