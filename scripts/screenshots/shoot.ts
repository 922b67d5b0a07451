import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from '../root.mjs';

/** Where the pictures of the documentation lie. */
export const PICTURES = join(ROOT, 'docs/screenshots');
/** Of a long page of figures the beginning is enough. */
const LONGEST_PX = 1_560;

/** Takes a picture of a page once its letters and its curves are there. */
export async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() =>
    [...document.querySelectorAll('canvas')].every((canvas) =>
      canvas
        .getContext('2d')
        ?.getImageData(0, 0, canvas.width, canvas.height)
        .data.some((level) => level > 0),
    ),
  );
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 };
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.screenshot({
    path: join(PICTURES, `${name}.png`),
    animations: 'disabled',
    caret: 'hide',
    fullPage: true,
    clip: { x: 0, y: 0, width, height: Math.min(Math.max(whole, height), LONGEST_PX) },
  });
}

/** Takes a picture of one section of a long page, by the name of its heading in addresses. */
export async function shootSection(page: Page, name: string, headingId: string): Promise<void> {
  await page.locator(`section[aria-labelledby="${headingId}"]`).screenshot({
    path: join(PICTURES, `${name}.png`),
    animations: 'disabled',
    caret: 'hide',
  });
}
