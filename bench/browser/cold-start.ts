import type { Devtools } from './devtools.ts';
import { startBrowser } from './devtools.ts';
import { type Page, type Point, firstPage, openPage, slowDown } from './page.ts';
import { watchPage } from './reports.ts';

/** A page whose service worker is installed, and how to find its first face. */
export interface MeasuredPage {
  readonly url: string;
  readonly faceSelector: string;
  /** Is on the page once a touched face has been answered; without it nothing is touched. */
  readonly answeredSelector?: string;
}

/** Milliseconds from the beginning of the navigation. */
export interface ColdStart {
  /** Until a face can be touched. */
  readonly readyMs: number;
  /** Until a face that was touched at that moment has been answered; null where none was. */
  readonly answeredMs: number | null;
}

/** What a browser does for itself after its start is over by then. */
const SETTLE_MS = 500;

/** Starts a browser on the profile, without network, on a slow processor, and times one page. Throws where a touch is not answered. */
export async function timeColdStart(
  profile: string,
  { url, faceSelector, answeredSelector }: MeasuredPage,
): Promise<ColdStart> {
  const browser = startBrowser(profile);
  try {
    const page = await firstPage(browser);
    const nextReport = await watchPage<{ readyMs: number }>(
      page,
      `reportFirstFace(${JSON.stringify(faceSelector)})`,
    );
    await goOffline(page);
    await slowDown(page);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const report = nextReport();
    await page.goTo(url);
    const { readyMs } = await report;
    if (answeredSelector === undefined) return { readyMs, answeredMs: null };
    await page.touch(await page.evaluate<Point>(middleOf(faceSelector)));
    await page.until(`document.querySelector('${answeredSelector}')`, 'an answer to the first touch');
    return { readyMs, answeredMs: await page.evaluate<number>('performance.now()') };
  } finally {
    await browser.close();
  }
}

const middleOf = (selector: string): string =>
  `(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }))(
    document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect())`;

async function goOffline(page: Page): Promise<void> {
  await page.send('Network.enable');
  await page.send('Network.emulateNetworkConditions', {
    offline: true,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
}

/** How often, and for how long, a page is open before it is measured. */
const USES = 3;
const USE_MS = 2_500;

/**
 * Leaves a page in the profile as a tablet in use has it: its service worker can serve it without network, and the browser keeps its
 * scripts compiled, as it does for pages that were open more than once and for longer than a moment.
 */
export async function installPage(browser: Devtools, { url, faceSelector }: MeasuredPage): Promise<void> {
  for (let use = 0; use < USES; use += 1) {
    const page = await openPage(browser);
    await page.goTo(url);
    await page.until(`document.querySelector(${JSON.stringify(faceSelector)})`, `${faceSelector} of ${url}`);
    await page.until(
      'navigator.serviceWorker.getRegistration().then((found) => found?.active?.state === "activated")',
      'an active service worker',
    );
    await new Promise((resolve) => setTimeout(resolve, USE_MS));
    await page.close();
  }
}
