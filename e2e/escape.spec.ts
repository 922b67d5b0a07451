import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, TABLET } from './chromium.ts';
import { type Confinement, watchConfinement } from './confinement.ts';
import { type Hands, handsOn, type Spot } from './hands.ts';
import { type KioskPage, kioskOn, openEnrolledKiosk } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { tourKiosk } from './tours.ts';

const IS_NIGHT = process.env['PARVIS_NIGHTLY'] === '1';
/** Longer than a browser waits before it takes a touch for a long one. */
const LONG_TOUCH_MS = 650;
const MIDDLE: Spot = { x: 640, y: 400 };

let browser: Browser;
let server: TestServer;
let tablet: BrowserContext;
let kiosk: KioskPage;
let page: Page;
let hands: Hands;
let confinement: Confinement;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
beforeEach(async () => {
  // As on a tablet: zooming with two fingers and with a double tap is what the browser does unless it is kept from it.
  tablet = await browser.newContext({ ...TABLET, isMobile: true });
  await (await openEnrolledKiosk(tablet, server)).page.close();
  page = await tablet.newPage();
  confinement = await watchConfinement(page);
  kiosk = kioskOn(page, server.origin);
  await kiosk.open();
  await kiosk.see('attract');
  await confinement.begin();
  hands = await handsOn(page);
});
afterEach(() => tablet.close());
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** Answers everything, and comes to where a visitor writes. */
async function goToSuggestion(): Promise<void> {
  await kiosk.touchFace('very-satisfied');
  await kiosk.answerQuestions('very-satisfied');
  await kiosk.see('suggestion');
}

/** The middle of everything that is shown, one of each kind: by day of each element, by night of each look of one too. */
function spotsOfEachKind(): Promise<readonly (Spot & { readonly kind: string })[]> {
  return page.evaluate((isNight) => {
    const spots = new Map<string, { kind: string; x: number; y: number }>();
    for (const element of document.querySelectorAll('[data-screen] *:not(svg *)')) {
      const { left, top, width, height } = element.getBoundingClientRect();
      const kind = isNight ? `${element.tagName}.${element.getAttribute('class') ?? ''}` : element.tagName;
      if (width > 0 && height > 0 && !spots.has(kind))
        spots.set(kind, { kind, x: left + width / 2, y: top + height / 2 });
    }
    return [...spots.values()];
  }, IS_NIGHT);
}

describe('T20 no way out through the page', () => {
  it('a long touch on anything selects nothing and opens no menu', async () => {
    // Each face that is held answers, and the page is begun anew: by night only, beside the slow touches of `requirements-hands.spec.ts`.
    for (const screen of IS_NIGHT ? (['attract', 'suggestion'] as const) : (['suggestion'] as const)) {
      if (screen === 'suggestion') await goToSuggestion();
      for (const { kind, ...spot } of await spotsOfEachKind()) {
        await hands.hold(spot, LONG_TOUCH_MS);
        expect(await confinement.faults(), `${kind} on ${screen}`).toEqual([]);
        // A touch is a touch however long it lasts: whatever it has answered, the next is tried on the same screen.
        if ((await page.locator(`[data-screen="${screen}"]`).count()) === 0) {
          await kiosk.open();
          await kiosk.see('attract');
          await confinement.begin();
          if (screen === 'suggestion') await goToSuggestion();
        }
      }
      const selectable = await page.evaluate(() =>
        [...document.querySelectorAll('body *:not(textarea)')]
          .filter((element) => getComputedStyle(element).userSelect !== 'none')
          .map(({ outerHTML }) => outerHTML.slice(0, 60)),
      );
      expect(selectable).toEqual([]);
    }
  });

  it('neither two fingers, nor a double tap, nor a wheel with Ctrl enlarges the page', async () => {
    for (const screen of ['attract', 'suggestion'] as const) {
      if (screen === 'suggestion') await goToSuggestion();
      await hands.pinch(MIDDLE, 2.5);
      await hands.pinch(MIDDLE, 0.4);
      await hands.zoomByWheel(MIDDLE, -240);
      await hands.doubleTap({ x: 8, y: 400 });
      expect(await confinement.faults(), screen).toEqual([]);
      await kiosk.see(screen);
    }
  });

  it('would see a page enlarged: where nothing keeps two fingers from it, they do', async () => {
    const other = await tablet.newPage();
    await other.goto(`${server.origin}/admin/`);
    await other.getByRole('button', { name: 'Se connecter' }).waitFor();
    await (await handsOn(other)).pinch(MIDDLE, 2.5);
    await expect.poll(() => other.evaluate(() => visualViewport?.scale ?? 1)).toBeGreaterThan(1.2);
  });

  it('a second finger that moves is refused where a browser asks, an iPad’s gesture too', async () => {
    const refused = await page.evaluate(() => {
      const finger = (identifier: number) =>
        new Touch({ identifier, target: document.body, clientX: 10, clientY: 10 });
      const moved = (count: number) => {
        const touches = Array.from({ length: count }, (_, index) => finger(index));
        return !document.body.dispatchEvent(
          new TouchEvent('touchmove', { touches, bubbles: true, cancelable: true }),
        );
      };
      const gesture = !document.body.dispatchEvent(
        new Event('gesturestart', { bubbles: true, cancelable: true }),
      );
      return { one: moved(1), two: moved(2), gesture };
    });
    expect(refused).toEqual({ one: false, two: true, gesture: true });
  });

  it('has one entry of history from enrolment to thanks, and goes back nowhere', async () => {
    // A tablet of no place yet: one that has a place asks there until it has taken the other.
    const bare = await browser.newContext({ ...TABLET, isMobile: true });
    const entering = await bare.newPage();
    const watch = await watchConfinement(entering);
    const { url } = await server.createEnrolment();
    await entering.goto(url);
    await watch.begin();
    const fresh = kioskOn(entering, server.origin);
    await fresh.makeVisit({ code: 'very-satisfied', text: 'Merci' });
    expect(await watch.faults()).toEqual([]);
    await entering.evaluate(() => history.back());
    await entering.evaluate(() => history.go(-3));
    await fresh.see('thanks');
    expect(await watch.faults()).toEqual([]);
    await bare.close();
  });

  it('neither a swipe from an edge nor a pull goes anywhere or scrolls past the end', async () => {
    const edges: readonly [Spot, Spot][] = [
      [
        { x: 1, y: 400 },
        { x: 900, y: 400 },
      ],
      [
        { x: 1279, y: 400 },
        { x: 300, y: 400 },
      ],
      [
        { x: 640, y: 1 },
        { x: 640, y: 700 },
      ],
      [
        { x: 640, y: 799 },
        { x: 640, y: 100 },
      ],
    ];
    for (const [from, to] of edges) await hands.swipe(from, to);
    expect(await confinement.faults()).toEqual([]);
    await kiosk.see('attract');
    const overscroll = await page.evaluate(() => {
      const { overscrollBehaviorX, overscrollBehaviorY } = getComputedStyle(document.documentElement);
      return [overscrollBehaviorX, overscrollBehaviorY, scrollX, scrollY];
    });
    expect(overscroll).toEqual(['none', 'none', 0, 0]);
  });

  it('a page that is told to go elsewhere stays, and may still load itself anew', async () => {
    const goElsewhere = (path: string) =>
      page.evaluate((address) => {
        location.href = address;
      }, path);
    await goElsewhere('/admin/');
    await goElsewhere('https://elsewhere.example/');
    await page.waitForTimeout(300);
    expect(await confinement.faults()).toEqual([]);
    await kiosk.see('attract');
    await page.evaluate(() => Object.assign(globalThis, { isOld: true }));
    await page.evaluate(() => location.reload());
    await expect.poll(() => page.evaluate(() => 'isOld' in globalThis).catch(() => true)).toBe(false);
    await kiosk.see('attract');
  });

  it('nothing dropped on it is opened, nothing can be drawn out of it', async () => {
    await hands.dropFile(MIDDLE);
    await page.waitForTimeout(200);
    expect(await confinement.faults()).toEqual([]);
    await kiosk.see('attract');
    const isRefused = await page.evaluate(() =>
      [...document.querySelectorAll('[data-screen] *')].every(
        (element) => !element.dispatchEvent(new DragEvent('dragstart', { bubbles: true, cancelable: true })),
      ),
    );
    expect(isRefused).toBe(true);
  });

  it('what a visitor wrote cannot be taken along by copying, nor can anything be pasted', async () => {
    await goToSuggestion();
    await kiosk.type('Entre nous');
    const isRefused = await page.evaluate(() => {
      const field = document.querySelector('textarea');
      field?.select();
      return ['copy', 'cut', 'paste'].map(
        (name) =>
          field?.dispatchEvent(new ClipboardEvent(name, { bubbles: true, cancelable: true })) === false,
      );
    });
    expect(isRefused).toEqual([true, true, true]);
    await page.evaluate(() => document.execCommand('copy'));
    await page.context().grantPermissions(['clipboard-read']);
    expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain('Entre nous');
  });

  it('what is being written is gone once the page is left', async () => {
    await goToSuggestion();
    await kiosk.type('À peine commencé');
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await expect.poll(() => page.getByRole('textbox').inputValue()).toBe('');
  });

  it('offers no link, no file, no frame and no form that leads away, on any screen', async () => {
    const context = await browser.newContext(TABLET);
    await context.clock.install();
    const found: string[] = [];
    let screens = 0;
    await tourKiosk(context, server, 'fr', async (screen, shown) => {
      screens += 1;
      const ways = await shown.evaluate(() =>
        [
          ...document.querySelectorAll(
            'a[href], area, iframe, frame, object, embed, form[action], [formaction], [target], [download], [contenteditable], [draggable="true"], input[type="file"], video, audio',
          ),
        ].map(({ outerHTML }) => outerHTML.slice(0, 80)),
      );
      found.push(...ways.map((way) => `${screen}: ${way}`));
      await shown.emulateMedia({ media: 'print' });
      const isPrinted = await shown.evaluate(() => getComputedStyle(document.body).display !== 'none');
      if (isPrinted) found.push(`${screen}: can be printed`);
      await shown.emulateMedia({ media: null });
    });
    expect(screens).toBeGreaterThanOrEqual(10);
    expect(found).toEqual([]);
    await context.close();
  });
});
