import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComfortMode } from '../domain/comfort.ts';
import { violationsOf } from './axe.ts';
import { launchBrowser, TABLET } from './chromium.ts';
import { giveVoices, spokenOn, switchOn, tourVisit } from './comfort.ts';
import { likestFaces } from './greyness.ts';
import { type KioskPage, openEnrolledKiosk } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { gapsBelow, measureTargets, SIZES_OF_THIS_RUN } from './targets.ts';

/** Ten inches and a bit by 16:10, and 9.7 by 4:3: what a millimetre is, in CSS pixels. */
const SIZES = [
  { width: 1280, height: 800, inches: 10.1 },
  { width: 1024, height: 768, inches: 9.7 },
  { width: 800, height: 1280, inches: 10.1 },
];
/** CSS pixels: T01, and T15 for keys. */
const LEAST_PX = { face: 96, other: 60, key: 44 };
const GAP_PX = 16;
/** What an eye at 600 mm sees under 0.7°. */
const CAPITAL_MM = 7.3;
/** On the lowest screen the bar of comforts reaches this far below it while the keys are there. */
const MOST_SCROLLED_PX = 16;
/** Of what is drawn on two faces, the most that may be in the same place. */
const MOST_ALIKE = 0.6;

const COMFORTS: readonly (readonly ComfortMode[])[] = [
  ['large'],
  ['contrast'],
  ['low'],
  ['spoken'],
  ['large', 'contrast', 'low', 'spoken'],
];

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer({ isDemo: true })]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

describe.each(SIZES.filter(({ width }) => SIZES_OF_THIS_RUN.some((size) => size.width === width)))(
  'at $width × $height',
  ({ width, height, inches }) => {
    const pxPerMm = Math.hypot(width, height) / inches / 25.4;

    /** A tablet with voices, at its first screen, with what a visitor has switched on. */
    async function opened(
      ...modes: readonly ComfortMode[]
    ): Promise<KioskPage & { context: BrowserContext }> {
      const context = await browser.newContext({
        ...TABLET,
        viewport: { width, height },
        reducedMotion: 'reduce',
      });
      await context.clock.install();
      await giveVoices(context);
      const kiosk = await openEnrolledKiosk(context, server);
      for (const mode of modes) await switchOn(kiosk.page, mode);
      return { ...kiosk, context };
    }

    it('T01: the comforts are large, well apart and at one place on every screen', async () => {
      const kiosk = await opened();
      const faults: string[] = [];
      const places = new Set<string>();
      await tourVisit(kiosk, async (screen, page) => {
        const targets = await measureTargets(page);
        for (const target of targets) {
          const least = LEAST_PX[target.kind];
          if (Math.min(target.width, target.height) < least)
            faults.push(`${screen}: ${target.name} is ${target.width} × ${target.height} px`);
        }
        for (const { first, second, gap } of gapsBelow(targets, GAP_PX))
          faults.push(`${screen}: ${first} and ${second}: ${gap} px apart`);
        const bar = page.locator('.comfort-bar > button');
        expect(await bar.allInnerTexts()).toEqual(['Grand texte', 'Contraste', 'Bas', 'Écouter']);
        places.add(JSON.stringify(await bar.first().boundingBox()));
      });
      expect(faults).toEqual([]);
      expect([...places]).toHaveLength(1);
      await kiosk.context.close();
    });

    it.each(COMFORTS.map((modes) => ({ modes })))(
      'T01, T02: axe finds nothing, and targets stay large and apart, with $modes',
      async ({ modes }) => {
        const kiosk = await opened(...modes);
        const faults: string[] = [];
        await tourVisit(kiosk, async (screen, page) => {
          for (const violation of await violationsOf(page)) faults.push(`${screen}: ${violation}`);
          const targets = await measureTargets(page);
          for (const { name, kind, width: wide, height: high } of targets)
            if (Math.min(wide, high) < Math.min(LEAST_PX[kind], LEAST_PX.other))
              faults.push(`${screen}: ${name} is ${wide} × ${high} px`);
          for (const { first, second, gap } of gapsBelow(targets, GAP_PX))
            faults.push(`${screen}: ${first} and ${second}: ${gap} px apart`);
        });
        expect(faults).toEqual([]);
        await kiosk.context.close();
      },
    );

    it('T05: in « Grand texte » each capital is 7.3 mm high, nothing is cut, and the page scrolls one way', async () => {
      const kiosk = await opened('large');
      const faults: string[] = [];
      await tourVisit(kiosk, async (screen, page) => {
        for (const { text, capitalPx, overflow } of await textsOf(page)) {
          const mm = capitalPx / pxPerMm;
          if (mm < CAPITAL_MM) faults.push(`${screen}: ${text}: ${mm.toFixed(2)} mm`);
          if (overflow > 1) faults.push(`${screen}: ${text}: ${overflow} px out of its box`);
        }
        const across = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (across > 0) faults.push(`${screen}: scrolls ${across} px sideways`);
      });
      expect(faults).toEqual([]);
      await kiosk.context.close();
    });

    it('T10: in « Bas » all that is touched lies below the middle of the screen', async () => {
      const kiosk = await opened('low');
      const faults: string[] = [];
      await tourVisit(kiosk, async (screen, page) => {
        for (const { name, top } of await measureTargets(page))
          if (top < height / 2) faults.push(`${screen}: ${name} begins at ${top} of ${height} px`);
        const { across, down } = await page.evaluate(() => {
          const root = document.documentElement;
          return { across: root.scrollWidth - root.clientWidth, down: root.scrollHeight - root.clientHeight };
        });
        if (across > 0 || down > 0) faults.push(`${screen}: overflows by ${across} × ${down} px`);
        const question = await page.locator('.screen h1').boundingBox();
        if (screen !== 'are you still there' && (question?.y ?? 0) + (question?.height ?? 0) > height / 2 + 1)
          faults.push(`${screen}: the question stands below the middle`);
      });
      expect(faults).toEqual([]);
      await kiosk.context.close();
    });

    it('T10: in « Bas » the first touch of « Envoyer » sends what was written on the keys', async () => {
      const kiosk = await opened('low');
      await kiosk.touchFace('very-satisfied');
      await kiosk.answerQuestions('fairly-satisfied');
      await kiosk.see('suggestion');
      await kiosk.page.locator('textarea').tap();
      await kiosk.page.locator('.keys button').first().tap();
      await expect.poll(() => kiosk.page.locator('textarea').inputValue()).toBe('É');
      // What is typed may be read in the upper half; what is touched meanwhile lies in the lower one, and is in sight.
      const touched = (await measureTargets(kiosk.page)).filter(({ top }) => top >= height / 2);
      expect(touched.filter(({ kind }) => kind === 'key').length).toBeGreaterThan(40);
      for (const { name, top, height: high } of touched)
        expect(top + high, name).toBeLessThanOrEqual(height + MOST_SCROLLED_PX);
      await kiosk.touch('Envoyer');
      await kiosk.see('thanks');
      await kiosk.context.close();
    });

    it.each([{ modes: [] }, { modes: ['contrast'] }] as const)(
      'T02, T03: with $modes the focus is seen, and the levels are told apart without colour',
      async ({ modes }) => {
        const kiosk = await opened(...modes);
        const { page } = kiosk;
        const { count, alike, words, lefts } = await likestFaces(page);
        expect(count).toBe(4);
        expect(alike).toBeLessThan(MOST_ALIKE);
        expect(new Set(words).size).toBe(words.length);
        expect(words.every((text) => text.trim() !== '')).toBe(true);
        // By their place, too: the best first, in the order of reading.
        expect(lefts).toEqual(lefts.toSorted((one, other) => one - other));
        await page.keyboard.press('Tab');
        const ring = await page.evaluate(() => {
          const { outlineColor, outlineWidth, outlineStyle } = getComputedStyle(
            document.activeElement ?? document.body,
          );
          const paper = getComputedStyle(document.documentElement).backgroundColor;
          return { outlineColor, outlineWidth, outlineStyle, paper };
        });
        expect(ring).toMatchObject({ outlineWidth: '5px', outlineStyle: 'solid' });
        expect(contrast(ring.outlineColor, ring.paper)).toBeGreaterThanOrEqual(3);
        await kiosk.context.close();
      },
    );

    it('T14: nothing moves where the device asks for less motion, nothing flashes, and nothing sounds unasked', async () => {
      const kiosk = await opened();
      const { page } = kiosk;
      const faults: string[] = [];
      for (const reducedMotion of ['reduce', 'no-preference'] as const) {
        await page.emulateMedia({ reducedMotion });
        await tourVisit(kiosk, async (screen) => {
          const moving = await page.evaluate(() =>
            document
              .getAnimations()
              .map((animation) => animation.effect?.getComputedTiming().iterations ?? 0),
          );
          if (reducedMotion === 'reduce' && moving.length > 0) faults.push(`${screen} moves`);
          if (moving.some((times) => times > 1)) faults.push(`${screen} moves again and again`);
          if ((await spokenOn(page)).length > 0) faults.push(`${screen} speaks unasked`);
          if ((await page.locator('audio, video').count()) > 0) faults.push(`${screen} could play something`);
        });
        await page.locator('main > .button').tap();
        await kiosk.see('attract');
      }
      expect(faults).toEqual([]);
      await kiosk.context.close();
    });
  },
);

/** Every text in sight: how high a capital of it is drawn, and how far it reaches out of its own box. */
function textsOf(
  page: Page,
): Promise<readonly { readonly text: string; readonly capitalPx: number; readonly overflow: number }[]> {
  return page.evaluate(() => {
    const pen = document.createElement('canvas').getContext('2d');
    if (pen === null) throw new Error('Nothing to measure with.');
    return [...document.body.querySelectorAll<HTMLElement>('*')]
      .filter(
        (element) =>
          [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== '') &&
          element.closest('.unseen, svg, [hidden]') === null &&
          element.checkVisibility(),
      )
      .map((element) => {
        const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
        pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
        const box = element.getBoundingClientRect();
        return {
          text: (element.textContent ?? '').trim().slice(0, 40),
          capitalPx: pen.measureText('H').actualBoundingBoxAscent,
          overflow: Math.max(
            element.scrollWidth - Math.ceil(element.clientWidth || box.width),
            Math.ceil(box.right - innerWidth),
            Math.ceil(-box.left),
          ),
        };
      });
  });
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((channel) => {
    const share = Number(channel) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
