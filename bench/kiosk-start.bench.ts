import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveBarePage } from './bare-page/serve-bare-page.ts';
import { type MeasuredPage, installPage, timeColdStart } from './browser/cold-start.ts';
import { startBrowser } from './browser/devtools.ts';
import { enrolKiosk } from './browser/enrolled-kiosk.ts';
import { RATING_FACE } from './browser/visitor.ts';
import { median, quantile, rounded } from './quantiles.ts';
import { startParvis } from './server/parvis-server.ts';
import { type Measured, judge } from './targets.ts';

const ROUNDS = 15;

/**
 * A tablet that was switched on without network: the browser has just started, the servers are stopped, the processor is six
 * times slower. The kiosk, enrolled, against five plain buttons, both from their own service worker's cache, in turn.
 */
export async function run(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-bench-kiosk-start-'));
  const profile = join(folder, 'profile');
  try {
    const { kiosk, bare } = await install(join(folder, 'data'), profile);
    // The first start of either reads what the installation has left behind, and does not count.
    await timeColdStart(profile, kiosk);
    await timeColdStart(profile, bare);
    const kioskMs: number[] = [];
    const bareMs: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const isKioskFirst = round % 2 === 0;
      if (isKioskFirst) kioskMs.push(await timeColdStart(profile, kiosk));
      bareMs.push(await timeColdStart(profile, bare));
      if (!isKioskFirst) kioskMs.push(await timeColdStart(profile, kiosk));
    }
    return judge(
      {
        ratioToBarePage: rounded(median(kioskMs) / median(bareMs), 3),
        faceReadyMs6x: rounded(median(kioskMs)),
        bareReadyMs6x: rounded(median(bareMs)),
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

/** Leaves both pages in the profile, with their service workers, and both servers stopped. */
async function install(
  dataDir: string,
  profile: string,
): Promise<{ kiosk: MeasuredPage; bare: MeasuredPage }> {
  const parvis = await startParvis(dataDir);
  const bareServer = await serveBarePage();
  const browser = startBrowser(profile);
  try {
    const kiosk = { url: await enrolKiosk(browser, parvis), faceSelector: RATING_FACE };
    const bare = { url: bareServer.url, faceSelector: 'button' };
    await installPage(browser, kiosk);
    await installPage(browser, bare);
    return { kiosk, bare };
  } finally {
    await browser.close();
    await bareServer.close();
    await parvis.stop();
  }
}
