import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ColdStart, type MeasuredPage, installPage, timeColdStart } from './browser/cold-start.ts';
import { startBrowser } from './browser/devtools.ts';
import { enrolKiosk } from './browser/enrolled-kiosk.ts';
import { type ServedPage, serveBarePage, serveSurveyJsPage } from './browser/serve-page.ts';
import { RATING_FACE, SURVEYJS_FACE } from './browser/visitor.ts';
import { median, quantile, rounded } from './quantiles.ts';
import { startParvis } from './server/parvis-server.ts';
import { type Measured, judge } from './targets.ts';

const ROUNDS = 15;

/**
 * A tablet that was switched on without network: the browser has just started, the servers are stopped, the processor is six
 * times slower. The kiosk, enrolled, against five plain buttons and against the same visit built on SurveyJS, each from its own service
 * worker's cache, in turn. Each time the kiosk's face is touched at the moment it can be, and must be answered.
 */
export async function run(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-bench-kiosk-start-'));
  const profile = join(folder, 'profile');
  try {
    const pages = await install(join(folder, 'data'), profile);
    // The first start of each reads what the installation has left behind, and does not count.
    for (const page of pages) await timeColdStart(profile, page);
    const starts: ColdStart[][] = pages.map(() => []);
    for (let round = 0; round < ROUNDS; round += 1)
      for (const turn of pages.keys()) {
        // Each page is the first of a round as often as the others.
        const index = (round + turn) % pages.length;
        const page = pages[index];
        if (page !== undefined) starts[index]?.push(await timeColdStart(profile, page));
      }
    const [kioskMs = [], bareMs = [], surveyJsMs = []] = starts.map((page) =>
      page.map(({ readyMs }) => readyMs),
    );
    const answeredMs = (starts[0] ?? []).map((start) => start.answeredMs ?? Number.NaN);
    return judge(
      {
        ratioToBarePage: rounded(median(kioskMs) / median(bareMs), 3),
        faceReadyMs6x: rounded(median(kioskMs)),
        firstTouchAnsweredMs6x: rounded(median(answeredMs)),
        bareReadyMs6x: rounded(median(bareMs)),
        surveyJsReadyMs6x: rounded(median(surveyJsMs)),
        ratioToSurveyJs: rounded(median(kioskMs) / median(surveyJsMs), 3),
        faceReadyP90Ms6x: rounded(quantile(kioskMs, 0.9)),
        bareReadyP90Ms6x: rounded(quantile(bareMs, 0.9)),
        rounds: ROUNDS,
      },
      { ratioToBarePage: { atMost: 1.5 } },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Leaves the kiosk, the bare page and SurveyJS in the profile, with their service workers, and every server stopped. */
async function install(dataDir: string, profile: string): Promise<readonly MeasuredPage[]> {
  const parvis = await startParvis(dataDir);
  const served: readonly ServedPage[] = [await serveBarePage(), await serveSurveyJsPage()];
  const browser = startBrowser(profile);
  try {
    const faces = ['button', SURVEYJS_FACE];
    const pages: readonly MeasuredPage[] = [
      {
        url: await enrolKiosk(browser, parvis),
        faceSelector: RATING_FACE,
        answeredSelector: '[data-screen="question"]',
      },
      ...served.map(({ url }, index) => ({ url, faceSelector: faces[index] ?? '' })),
    ];
    for (const page of pages) await installPage(browser, page);
    return pages;
  } finally {
    await browser.close();
    for (const page of served) await page.close();
    await parvis.stop();
  }
}
