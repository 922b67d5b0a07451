import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveBarePage } from './bare-page/serve-bare-page.ts';
import { startBrowser } from './browser/devtools.ts';
import { enrolKiosk } from './browser/enrolled-kiosk.ts';
import { type Page, slowDown } from './browser/page.ts';
import { RATING_FACE, Visitor, visitKiosk } from './browser/visitor.ts';
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
 * kiosk and the bare page stand side by side in one browser and are touched in turn, as often. The server is up: sending goes on meanwhile.
 */
export async function run(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-bench-tap-'));
  const parvis = await startParvis(join(folder, 'data'));
  const bareServer = await serveBarePage();
  const browser = startBrowser(join(folder, 'profile'));
  try {
    const kiosk = await Visitor.arrive(browser, await enrolKiosk(browser, parvis), RATING_FACE, slowDown);
    const bare = await Visitor.arrive(browser, bareServer.url, BARE_FACE, slowDown);

    for (let visit = 0; visit < WARM_UP_VISITS; visit += 1) await visitBoth(kiosk, bare, visit);
    const heapBefore = await usedHeapBytes(kiosk.page);
    const questions: number[] = [];
    const thanks: number[] = [];
    const bareQuestions: number[] = [];
    for (let visit = 0; visit < VISITS; visit += 1) {
      const times = await visitBoth(kiosk, bare, visit);
      questions.push(...times.questions);
      thanks.push(times.thanksMs);
      bareQuestions.push(...times.bareQuestions);
    }
    const heapGrowthBytes = (await usedHeapBytes(kiosk.page)) - heapBefore;

    const [p95, bareP95] = [quantile(questions, 0.95), quantile(bareQuestions, 0.95)];
    return judge(
      {
        ratioToBarePage: rounded(p95 / bareP95, 3),
        nextPaintP95Ms6x: rounded(p95),
        bareP95Ms6x: rounded(bareP95),
        nextPaintMedianMs6x: rounded(median(questions)),
        bareMedianMs6x: rounded(median(bareQuestions)),
        thanksP95Ms6x: rounded(quantile(thanks, 0.95)),
        heapGrowthBytesPer1000Visits: Math.round((heapGrowthBytes / VISITS) * VISITS_PER_HEAP_FIGURE),
        touches: questions.length,
      },
      { ratioToBarePage: { atMost: 1.5 } },
    );
  } finally {
    await browser.close();
    await bareServer.close();
    await parvis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function visitBoth(
  kiosk: Visitor,
  bare: Visitor,
  number: number,
): Promise<{ questions: readonly number[]; thanksMs: number; bareQuestions: readonly number[] }> {
  const { questions, thanksMs } = await visitKiosk(kiosk, number);
  const bareQuestions: number[] = [];
  for (const turn of questions.keys())
    bareQuestions.push((await bare.touch(BARE_FACE, number + turn)).paintMs);
  return { questions, thanksMs, bareQuestions };
}

/** What is left on the page's heap when everything that can be thrown away has been. */
async function usedHeapBytes(page: Page): Promise<number> {
  // A first collection frees what finalizers and detached trees still hold; the second collects that.
  await page.send('HeapProfiler.collectGarbage');
  await page.send('HeapProfiler.collectGarbage');
  const { usedSize } = await page.send<{ usedSize: number }>('Runtime.getHeapUsage');
  return usedSize;
}
