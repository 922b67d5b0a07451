import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, TABLET } from './chromium.ts';
import { switchOn } from './comfort.ts';
import { type KioskPage, kioskOn, openEnrolledKiosk } from './kiosk-page.ts';
import { meterPage, type PageMeter } from './page-meter.ts';
import { typeOnScreen } from './screen-keys.ts';
import { startServer, type TestServer } from './server-process.ts';

/** Typed letter by letter, so that each beginning of it has been a text of its own; the search is for the first eight. */
const CANARY = 'Wqzj7f3a, trouvé nulle part';
const BEGINNING = 'Wqzj7f3a';

let browser: Browser;
let server: TestServer;
let tablet: BrowserContext;
let kiosk: KioskPage;
let page: Page;
let meter: PageMeter;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
beforeEach(async () => {
  tablet = await browser.newContext(TABLET);
  await (await openEnrolledKiosk(tablet, server)).page.close();
  page = await tablet.newPage();
  meter = await meterPage(page);
  kiosk = kioskOn(page, server.origin);
  await kiosk.open();
  await kiosk.see('attract');
});
afterEach(() => tablet.close());
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

async function goToSuggestion(): Promise<void> {
  await kiosk.touchFace('fairly-satisfied');
  await kiosk.answerQuestions('fairly-satisfied');
  await kiosk.see('suggestion');
}

/** Where the text is still to be found; what looks for it never tells the page what it looks for. */
async function placesHolding(text: string): Promise<readonly string[]> {
  const session = await tablet.newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const values = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(
      ({ value, defaultValue }) => value + defaultValue,
    ),
  );
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, name]),
  );
  const places = {
    page: (await page.content()).includes(text),
    field: values.join('\n').includes(text),
    'accessibility tree': JSON.stringify(nodes).includes(text),
    'small storage': kept.includes(text),
    memory: await meter.remembers(text),
  };
  return Object.entries(places).flatMap(([place, isHolding]) => (isHolding ? [place] : []));
}

const IS_NIGHT = process.env['PARVIS_NIGHTLY'] === '1';

describe('T21 what one visitor typed is nowhere in the next one’s visit', () => {
  const endings: Readonly<Record<string, () => Promise<void>>> = {
    'was sent': async () => {
      await kiosk.touch('Envoyer');
      await kiosk.see('thanks');
      await kiosk.touch('Revenir au début');
    },
    'was left without being sent': async () => {
      await kiosk.touch('Terminer sans suggestion');
      await kiosk.see('thanks');
      await kiosk.touch('Revenir au début');
    },
    'was typed before « Modifier » and « Terminer »': async () => {
      await kiosk.touch('Modifier');
      await kiosk.see('question');
      await kiosk.touch('Terminer');
      await kiosk.see('thanks');
      await kiosk.touch('Revenir au début');
    },
  };

  // By day the way that goes back and forth most; all of them by night.
  it.each(Object.entries(endings).slice(IS_NIGHT ? 0 : -1))('when it %s', async (_name, end) => {
    await goToSuggestion();
    await page.getByRole('textbox').tap();
    await page.keyboard.type(CANARY);
    expect(await placesHolding(BEGINNING)).toContain('field');
    await end();
    await kiosk.see('attract');
    await goToSuggestion();
    expect(await placesHolding(BEGINNING)).toEqual([]);
    // What a field can undo is remembered outside of the page's own memory.
    await page.getByRole('textbox').focus();
    await page.evaluate(() => document.execCommand('undo'));
    await expect.poll(() => page.getByRole('textbox').inputValue()).toBe('');
    expect(await placesHolding(BEGINNING)).toEqual([]);
  });

  it('when it was typed on the tablet’s own keyboard and sent, and neither are the keys as they were left', async () => {
    await goToSuggestion();
    await typeOnScreen(page, 'wqzjxkv');
    const left = await page.locator('.hg-button').allInnerTexts();
    await expect.poll(() => page.getByRole('textbox').inputValue()).toMatch(/^wqzjxkv$/i);
    await kiosk.touch('Envoyer');
    await kiosk.see('thanks');
    await kiosk.touch('Revenir au début');
    await goToSuggestion();
    await page.locator('.hg-button').first().waitFor();
    for (const found of ['wqzjxkv', 'Wqzjxkv']) expect(await placesHolding(found)).toEqual([]);
    // A sentence begins anew, with a capital letter.
    expect(await page.locator('.hg-button').allInnerTexts()).not.toEqual(left);
  });

  it('when it was abandoned, and the time to answer « Voulez-vous continuer ? » ran out', async () => {
    const away = await browser.newContext(TABLET);
    await away.clock.install();
    const left = await openEnrolledKiosk(away, server);
    await left.page.close();
    [tablet, page] = [away, await away.newPage()];
    meter = await meterPage(page);
    kiosk = kioskOn(page, server.origin);
    await kiosk.open();
    await kiosk.see('attract');
    await goToSuggestion();
    await page.getByRole('textbox').tap();
    await page.keyboard.type(CANARY);
    await away.clock.fastForward(62_000);
    await page.getByRole('alertdialog').waitFor();
    await away.clock.fastForward(32_000);
    await kiosk.see('attract');
    await goToSuggestion();
    expect(await placesHolding(BEGINNING)).toEqual([]);
  });

  it('would see it: a text that the page keeps is found', async () => {
    await page.evaluate(() => Object.assign(globalThis, { kept: ['Temoin', '5b2c'].join('-') }));
    expect(await placesHolding('Temoin-5b2c')).toEqual(['memory']);
  });
});

/** Everything about a page that a visitor can change without leaving a word. */
function traces(): Promise<unknown> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const attributes = (element: Element) =>
      Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
    return {
      root: attributes(root),
      body: attributes(document.body),
      title: document.title,
      scroll: [scrollX, scrollY, root.scrollTop, visualViewport?.scale],
      chosen: document.querySelectorAll('input:checked').length,
      focus: document.activeElement?.tagName,
      layers: document.querySelectorAll('dialog, [popover]:popover-open, [role="alertdialog"]').length,
      words: document.querySelector('[data-screen]')?.textContent,
      small: { ...localStorage, ...sessionStorage },
      isSpeaking: speechSynthesis.speaking || speechSynthesis.pending,
      history: [history.length, history.state],
    };
  });
}

/** A visitor who changes all that can be changed. */
async function makeVisitWithEverything(): Promise<void> {
  for (const mode of ['large', 'contrast', 'low'] as const) await switchOn(page, mode);
  await kiosk.chooseLanguage('English');
  await kiosk.touchFace('very-dissatisfied');
  await kiosk.touch('Change answer');
  await kiosk.touchFace('fairly-dissatisfied');
  await kiosk.answerQuestions('not-applicable');
  await page.getByRole('textbox').tap();
  await page.keyboard.type('Hello');
  await page.evaluate(() => scrollTo(0, 500));
  await kiosk.touch('Send');
  await kiosk.see('thanks');
  await kiosk.touch('Back to the start');
  await kiosk.see('attract');
  await page.getByText('en attente').waitFor({ state: 'detached' });
  await page.waitForTimeout(2_000);
}

it('T21 language, comfort, focus, scroll, choice, timers and addresses are for the next visitor as they were for the first', async () => {
  await page.waitForTimeout(2_000);
  const fresh = await traces();
  await makeVisitWithEverything();
  const witness = (found: unknown) =>
    JSON.stringify(found).replaceAll(/"parvis[^"]*":"(?:[^"\\]|\\.)*"/g, '');
  expect(witness(await traces())).toBe(witness(fresh));

  // What was loaded for the first stays, and is not loaded again for the second.
  const held = await meter.read();
  await makeVisitWithEverything();
  expect(witness(await traces())).toBe(witness(fresh));
  const { timers, listeners, objectUrls, documents } = await meter.read();
  expect({ timers, objectUrls, documents }).toEqual({
    timers: held.timers,
    objectUrls: 0,
    documents: held.documents,
  });
  expect(listeners).toBeLessThanOrEqual(held.listeners);
});
