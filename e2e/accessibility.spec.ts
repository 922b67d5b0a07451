import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './axe.ts';
import { launchBrowser, TABLET } from './chromium.ts';
import { startServer, type TestServer } from './server-process.ts';
import { type TourLanguage, tourKiosk, tourWebView } from './tours.ts';
import { openWebView } from './web-view.ts';
import { gapsBelow, measureTargets, SIZES_OF_THIS_RUN } from './targets.ts';

const LANGUAGES: readonly TourLanguage[] = ['fr', 'en'];
const DESK_SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
/** CSS pixels: domain rules T01, and T15 for keys. */
const LEAST_PX = { face: 96, other: 60, key: 44 };
const GAP_PX = 16;
/** What only staff see is French whatever a visitor chooses. */
const STAFF_SCREENS = ['enrolment', 'enrolment refused', 'awaiting'];
const DIALOGS = ['are you still there', 'choice of languages'];
const SERVICE = 'services/ville-de-libourne/accueil-general';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer({ isDemo: true })]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** What of a screen is out of sight. */
function overflowOf(page: Page): Promise<{ readonly across: number; readonly down: number }> {
  return page.evaluate(() => {
    const root = document.documentElement;
    return { across: root.scrollWidth - root.clientWidth, down: root.scrollHeight - root.clientHeight };
  });
}

/** The screens of a visit are looked at in every language by `comfort-languages.spec.ts`. */
const runs = SIZES_OF_THIS_RUN.flatMap((size) => LANGUAGES.map((language) => ({ ...size, language })));

describe.each(runs)('the kiosk at $width × $height in $language', ({ width, height, language }) => {
  it('breaks no rule of axe, offers large targets well apart, needs no scrolling and leads the focus', async () => {
    const context = await browser.newContext({
      ...TABLET,
      viewport: { width, height },
      reducedMotion: 'reduce',
    });
    await context.clock.install();
    const faults: string[] = [];
    await tourKiosk(context, server, language, async (screen, page) => {
      const fault = (what: string) => faults.push(`${screen}: ${what}`);
      const isForStaff = STAFF_SCREENS.includes(screen);
      if ((await page.evaluate(() => document.documentElement.lang)) !== (isForStaff ? 'fr' : language))
        fault('says another language');
      for (const violation of await violationsOf(page)) fault(violation);
      const { across, down } = await overflowOf(page);
      if (across > 0 || down > 0) fault(`overflows by ${across} × ${down} px`);
      const targets = await measureTargets(page);
      for (const { name, kind, width: wide, height: high } of targets) {
        const least = LEAST_PX[kind];
        if (wide < least || high < least) fault(`${name} is ${wide} × ${high} px`);
      }
      for (const { first, second, gap } of gapsBelow(targets, GAP_PX))
        fault(`${first} and ${second}: ${gap} px apart`);
      const focused = await page.evaluate(() => document.activeElement?.tagName);
      const isLed = DIALOGS.includes(screen) ? focused === 'BUTTON' : focused === 'H1';
      // The person's own choice of language, and what they type in, keep the focus.
      if (!isLed && (language === 'fr' || screen !== 'attract') && screen !== 'enrolment refused')
        fault(`focus is on ${focused}`);
    });
    expect(faults).toEqual([]);
    await context.close();
  });
});

describe.each(DESK_SIZES)('the web view at $width × $height', (viewport) => {
  it('breaks no rule of axe on any page, nor scrolls sideways', async () => {
    const view = await openWebView(browser, server, { viewport });
    const faults: string[] = [];
    await tourWebView(view, SERVICE, async (name, page) => {
      for (const violation of await violationsOf(page)) faults.push(`${name}: ${violation}`);
      const { across } = await overflowOf(page);
      if (across > 0) faults.push(`${name}: overflows by ${across} px`);
      const { length } = await page.getByRole('heading', { level: 1 }).all();
      if (length !== 1) faults.push(`${name}: ${length} first headings`);
    });
    expect(faults).toEqual([]);
    await view.context.close();
  });

  it('breaks no rule of axe for somebody who is not signed in', async () => {
    const context = await browser.newContext({ viewport, locale: 'fr-FR' });
    const page = await context.newPage();
    await page.goto(`${server.origin}/admin/`);
    await page.getByRole('button', { name: 'Se connecter' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.goto(`${server.origin}/admin/#link=refused-link-refused-link-refused`);
    await page.getByText('inconnu, déjà utilisé ou périmé').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await context.close();
  });
});

it('would see a fault: a button without a name is reported', async () => {
  const context = await browser.newContext({ locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${server.origin}/kiosk/`);
  await page.locator('[data-screen="enrol"]').waitFor();
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
  expect((await violationsOf(page)).map((line) => line.split(':', 1)[0])).toContain('button-name');
  await context.close();
});
