import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOT_APPLICABLE, scaleOf } from '../domain/scales.ts';
import { LANGUAGES, type Language } from '../domain/survey.ts';
import { OWN_NAMES, directionOf } from '../kiosk/words/languages.ts';
import { levelToText } from '../kiosk/words/speech.ts';
import type { Speeches } from '../kiosk/words/speeches.ts';
import { bringAllSpeeches } from '../kiosk/words/staged-speeches.ts';
import { launchBrowser, TABLET } from './chromium.ts';
import { type KioskPage, openEnrolledKiosk } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 768 },
  { width: 800, height: 1280 },
];
const LEVELS = [...scaleOf('four-level-agreement').points.map((point) => point.code), NOT_APPLICABLE];
/** The fonts whose letters a language needs beside the one of French. */
const FONTS: Readonly<Partial<Record<Language, string>>> = {
  ar: 'Vazirmatn',
  uk: 'Noto Sans',
  tr: 'Atkinson Ext',
};

let browser: Browser;
let server: TestServer;
let speeches: Speeches;
let tablet: BrowserContext;
let kiosk: KioskPage;

beforeAll(async () => {
  [browser, server, speeches] = await Promise.all([launchBrowser(), startServer(), bringAllSpeeches()]);
  tablet = await browser.newContext({ ...TABLET, reducedMotion: 'reduce' });
  kiosk = await openEnrolledKiosk(tablet, server);
  await kiosk.beReadyOffline();
  // From here on there is neither network nor server: what is shown comes from the tablet.
  await server.stop();
  await tablet.setOffline(true);
  await kiosk.page.reload();
  await kiosk.see('attract');
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

it('T11: a visit in French asks for no other language’s font, and for no other language', async () => {
  const fetched = await kiosk.page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name.replace(/.*\//, '')),
  );
  expect(fetched.filter((name) => /^words-|vazirmatn|noto-sans|latin-ext/.test(name))).toEqual([]);
});

describe.each(LANGUAGES)('T11: %s, without network', (language) => {
  it('is chosen by its own name, speaks for one visit, and is gone for the next visitor', async () => {
    const { page } = kiosk;
    const { words } = speeches.speak(language);
    await page.locator('.language-bar > button').tap();
    const button = page.getByRole('dialog').getByRole('button', { name: OWN_NAMES[language], exact: true });
    expect([await button.getAttribute('lang'), await button.getAttribute('dir')]).toEqual([
      language,
      directionOf(language),
    ]);
    await button.tap();
    await page.locator(`html[lang="${language}"][dir="${directionOf(language)}"]`).waitFor();
    expect(await page.title()).toBe(words.title);

    expect(await untranslated(page, language)).toEqual([]);
    await kiosk.touchFace('very-satisfied');
    await kiosk.page.getByText(words.finish, { exact: true }).waitFor();
    expect(await untranslated(page, language)).toEqual([]);
    await kiosk.answerQuestions('fairly-satisfied');
    await kiosk.see('suggestion');
    expect(await untranslated(page, language)).toEqual([]);
    await kiosk.touch(words.finishWithoutSuggestion);
    await kiosk.see('thanks');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(words.thanks);
    await kiosk.touch(words.returnNow);
    await kiosk.see('attract');
    await page.locator('html[lang="fr"][dir="ltr"]').waitFor();
  });

  it('T04: names each face by the words of its level', async () => {
    await kiosk.chooseLanguage(OWN_NAMES[language]);
    const speech = speeches.speak(language);
    for (const code of LEVELS) {
      const name = levelToText(speech, 'four-level-agreement', code);
      const radio = kiosk.page.getByRole('radio', { name, exact: true });
      expect(await radio.inputValue()).toBe(code);
    }
    await backToFrench();
  });

  it('shows its own letters in its own font', async () => {
    await kiosk.chooseLanguage(OWN_NAMES[language]);
    await kiosk.page.evaluate(() => document.fonts.ready);
    const loaded = await kiosk.page.evaluate(() =>
      [...document.fonts]
        .filter((font) => font.status === 'loaded')
        .map((font) => `${font.family.replaceAll('"', '')} ${font.unicodeRange}`),
    );
    const family = FONTS[language];
    if (family !== undefined)
      expect(loaded.some((font) => font.startsWith(family) && !font.endsWith('U+0-10FFFF'))).toBe(true);
    await backToFrench();
  });
});

describe.each(SIZES)('at $width × $height', ({ width, height }) => {
  it('T11: offers nine languages large and well apart, without scrolling', async () => {
    const { page } = kiosk;
    await page.setViewportSize({ width, height });
    await page.locator('.language-bar > button').tap();
    const boxes = await boxesOf(page, '.language-list button');
    expect(boxes).toHaveLength(LANGUAGES.length);
    for (const [index, box] of boxes.entries()) {
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(60);
      expect([box.left >= 0, box.right <= width, box.top >= 0, box.bottom <= height]).toEqual([
        true,
        true,
        true,
        true,
      ]);
      for (const other of boxes.slice(index + 1))
        expect(
          Math.max(
            other.left - box.right,
            box.left - other.right,
            other.top - box.bottom,
            box.top - other.bottom,
          ),
        ).toBeGreaterThanOrEqual(16);
    }
    await page.keyboard.press('Escape');
    const [bar] = await boxesOf(page, '.language-bar > button');
    expect(bar?.height).toBeGreaterThanOrEqual(60);
  });

  it('T11: shows the first screen of every language whole, without scrolling', async () => {
    const { page } = kiosk;
    await page.setViewportSize({ width, height });
    const tooLarge: string[] = [];
    for (const language of LANGUAGES) {
      await kiosk.chooseLanguage(OWN_NAMES[language]);
      await page.evaluate(() => document.fonts.ready);
      const [across, down] = await page.evaluate(() => {
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
        return [scrollWidth - clientWidth, scrollHeight - clientHeight];
      });
      if (across > 0 || down > 0) tooLarge.push(`${language}: ${across} × ${down} px`);
    }
    await backToFrench();
    expect(tooLarge).toEqual([]);
  });

  it('T11: Arabic turns round the page, the order of the levels, the progress and the arrows', async () => {
    const { page } = kiosk;
    await page.setViewportSize({ width, height });
    const read = async () => ({
      levels: await boxesOf(page, '.level'),
      bar: await boxesOf(page, '.language-bar > button'),
      place: await boxesOf(page, '.place'),
      steps: await boxesOf(page, '.steps > span'),
      ends: await boxesOf(page, 'footer .at-end'),
    });
    const left = (boxes: readonly Box[]) => boxes.map((box) => box.left);
    await kiosk.touchFace('very-satisfied');
    const french = await read();
    await kiosk.chooseLanguage(OWN_NAMES.ar);
    const arabic = await read();
    if (width > height) {
      expect(left(french.levels)).toEqual(left(french.levels).toSorted((a, b) => a - b));
      expect(left(arabic.levels)).toEqual(left(arabic.levels).toSorted((a, b) => b - a));
    } else {
      // Upright the levels stand one below the other; inside each, the face changes sides with its words.
      const faces = await boxesOf(page, '.level .face');
      const said = await boxesOf(page, '.level .level-words');
      faces.forEach((face, index) => expect(face.left).toBeGreaterThan(said[index]?.right ?? Infinity));
    }
    expect(left(french.steps)).toEqual(left(french.steps).toSorted((a, b) => a - b));
    expect(left(arabic.steps)).toEqual(left(arabic.steps).toSorted((a, b) => b - a));
    expect(french.place[0]?.left).toBeLessThan(french.bar[0]?.left ?? 0);
    expect(arabic.place[0]?.left).toBeGreaterThan(arabic.bar[0]?.left ?? Infinity);
    expect(french.ends[0]?.left).toBeGreaterThan(width / 2);
    expect(arabic.ends[0]?.right).toBeLessThan(width / 2);
    const turned = await page
      .locator('.turns')
      .first()
      .evaluate((mark) => getComputedStyle(mark).transform);
    expect(turned).toBe('matrix(-1, 0, 0, 1, 0, 0)');
    await kiosk.touch(speeches.speak('ar').words.finish);
    await kiosk.see('thanks');
    await kiosk.touch(speeches.speak('ar').words.returnNow);
    await page.locator('html[lang="fr"]').waitFor();
  });
});

type Box = Readonly<Record<'left' | 'right' | 'top' | 'bottom' | 'width' | 'height', number>>;

async function boxesOf(page: Page, selector: string): Promise<readonly Box[]> {
  return page.locator(selector).evaluateAll((found) =>
    found.map((element) => {
      const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
      return { left, right, top, bottom, width, height };
    }),
  );
}

/** What stands on the screen in another language than the page's, the town's own names and the way to the other languages apart. */
function untranslated(page: Page, language: Language): Promise<readonly string[]> {
  return page.evaluate((expected) => {
    const walker = document.createTreeWalker(
      document.querySelector('.screen') ?? document.body,
      NodeFilter.SHOW_TEXT,
    );
    const found: string[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent === null || parent.closest('.place, .language-bar, .staff-sign') !== null) continue;
      if (/\p{L}/u.test(node.nodeValue ?? '') && parent.closest('[lang]')?.getAttribute('lang') !== expected)
        found.push(node.nodeValue ?? '');
    }
    return found;
  }, language);
}

async function backToFrench(): Promise<void> {
  await kiosk.chooseLanguage(OWN_NAMES.fr);
}
