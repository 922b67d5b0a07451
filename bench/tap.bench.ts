import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowser } from './browser/devtools.ts';
import { enrolKiosk } from './browser/enrolled-kiosk.ts';
import { type Page, slowly } from './browser/page.ts';
import { serveBarePage, serveSurveyJsPage } from './browser/serve-page.ts';
import { RATING_FACE, SURVEYJS_FACE, Visitor, visitKiosk, visitSurveyJs } from './browser/visitor.ts';
import { median, quantile, rounded } from './quantiles.ts';
import { startParvis } from './server/parvis-server.ts';
import { type Measured, judge } from './targets.ts';

const VISITS = 200;
/** Both pages have run each of their paths, and been compiled, before anything counts. */
const WARM_UP_VISITS = 15;
const BARE_FACE = 'button';
const VISITS_PER_HEAP_FIGURE = 1_000;

/**
 * From the release of the finger to the next question painted, the strict write included, on a processor six times slower. The
 * kiosk, the bare page and the same visit built on SurveyJS stand side by side in one browser and are touched in turn, as often. The server is up: sending goes on meanwhile.
 */
export async function run(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-bench-tap-'));
  const parvis = await startParvis(join(folder, 'data'));
  const bareServer = await serveBarePage();
  const surveyJsServer = await serveSurveyJsPage();
  const browser = startBrowser(join(folder, 'profile'));
  try {
    const kiosk = await Visitor.arrive(browser, await enrolKiosk(browser, parvis), RATING_FACE);
    const bare = await Visitor.arrive(browser, bareServer.url, BARE_FACE);
    const surveyJs = await Visitor.arrive(browser, surveyJsServer.url, SURVEYJS_FACE);
    const pages = { kiosk, bare, surveyJs };

    for (let visit = 0; visit < WARM_UP_VISITS; visit += 1) await visitEach(pages, visit);
    const heapBefore = await usedHeapBytes(kiosk.page);
    const questions: number[] = [];
    const thanks: number[] = [];
    const bareQuestions: number[] = [];
    const surveyJsQuestions: number[] = [];
    for (let visit = 0; visit < VISITS; visit += 1) {
      const times = await visitEach(pages, visit);
      questions.push(...times.questions);
      thanks.push(times.thanksMs);
      bareQuestions.push(...times.bareQuestions);
      surveyJsQuestions.push(...times.surveyJsQuestions);
    }
    const heapBytes = await usedHeapBytes(kiosk.page);
    const surveyJsHeapBytes = await usedHeapBytes(surveyJs.page);

    const [p95, bareP95, surveyJsP95] = [questions, bareQuestions, surveyJsQuestions].map((times) =>
      quantile(times, 0.95),
    ) as [number, number, number];
    return judge(
      {
        ratioToBarePage: rounded(p95 / bareP95, 3),
        nextPaintP95Ms6x: rounded(p95),
        bareP95Ms6x: rounded(bareP95),
        nextPaintMedianMs6x: rounded(median(questions)),
        bareMedianMs6x: rounded(median(bareQuestions)),
        surveyJsP95Ms6x: rounded(surveyJsP95),
        surveyJsMedianMs6x: rounded(median(surveyJsQuestions)),
        ratioToSurveyJs: rounded(p95 / surveyJsP95, 3),
        thanksP95Ms6x: rounded(quantile(thanks, 0.95)),
        heapGrowthBytesPer1000Visits: Math.round(
          ((heapBytes - heapBefore) / VISITS) * VISITS_PER_HEAP_FIGURE,
        ),
        heapAfterVisitsBytes: heapBytes,
        surveyJsHeapAfterVisitsBytes: surveyJsHeapBytes,
        heapRatioToSurveyJs: rounded(heapBytes / surveyJsHeapBytes, 3),
        touches: questions.length,
      },
      { ratioToBarePage: { atMost: 1.5 } },
    );
  } finally {
    await browser.close();
    await bareServer.close();
    await surveyJsServer.close();
    await parvis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function visitEach(
  pages: { readonly kiosk: Visitor; readonly bare: Visitor; readonly surveyJs: Visitor },
  number: number,
): Promise<{
  questions: readonly number[];
  thanksMs: number;
  bareQuestions: readonly number[];
  surveyJsQuestions: readonly number[];
}> {
  const { kiosk, bare, surveyJs } = pages;
  const { questions, thanksMs } = await slowly(kiosk.page, () => visitKiosk(kiosk, number));
  const bareQuestions: number[] = [];
  await slowly(bare.page, async () => {
    for (const turn of questions.keys())
      bareQuestions.push((await bare.touch(BARE_FACE, number + turn)).paintMs);
  });
  const surveyJsQuestions = await slowly(surveyJs.page, () =>
    visitSurveyJs(surveyJs, number, questions.length),
  );
  return { questions, thanksMs, bareQuestions, surveyJsQuestions };
}

/** What is left on the page's heap when everything that can be thrown away has been. */
async function usedHeapBytes(page: Page): Promise<number> {
  // A first collection frees what finalizers and detached trees still hold; the second collects that.
  await page.send('HeapProfiler.collectGarbage');
  await page.send('HeapProfiler.collectGarbage');
  const { usedSize } = await page.send<{ usedSize: number }>('Runtime.getHeapUsage');
  return usedSize;
}
