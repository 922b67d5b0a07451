import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type CodeFile, codeInHtml, watchCode } from './browser/code-fetched.ts';
import { type Devtools, startBrowser } from './browser/devtools.ts';
import { serveSurveyJsPage } from './browser/serve-page.ts';
import { RATING_FACE, Visitor, visitKiosk } from './browser/visitor.ts';
import { rounded } from './quantiles.ts';
import { type ParvisServer, createEnrolment, startParvis } from './server/parvis-server.ts';
import { type Measured, judge } from './targets.ts';

const POINT = 'accueil-hotel-de-ville';
/**
 * Loaded from the device when asked for, and not what a visit in French needs. Told apart by name, so that whatever else a visit fetches
 * counts as part of it.
 */
const ON_DEMAND =
  /\/(updates|sync|loss|integrity|suggestion|presence|words-[a-z-]+|listen|modes|staff|desk|quiet|enrolment|declaration|first-screen)-[0-9a-f]{8}\.(js|css)$/;

/**
 * Every script and style sheet the built kiosk needs from an empty browser to the end of a whole visit with a suggestion: what the
 * browser really fetched, and what the page's HTML names. Each file gzipped by itself at level 9, as a server would send it.
 */
export async function run(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-bench-kiosk-size-'));
  const parvis = await startParvis(join(folder, 'data'));
  const browser = startBrowser(join(folder, 'profile'));
  try {
    const { fetched, workerUrl } = await visitWhole(browser, parvis);
    const workerFile = await read(workerUrl);
    const pageUrl = new URL('/kiosk/', parvis.origin).href;
    const { urls, inline } = codeInHtml(await (await fetch(pageUrl)).text(), pageUrl);
    const named = urls.filter((url) => !fetched.some((file) => pathOf(file.url) === pathOf(url)));
    const onDemand = fetched.filter(({ url }) => ON_DEMAND.test(pathOf(url)));
    const files = [
      ...fetched.filter((file) => pathOf(file.url) !== pathOf(workerUrl) && !onDemand.includes(file)),
      ...(await Promise.all(named.map(read))),
      { url: `${pageUrl} (inline)`, bytes: Buffer.from(inline) },
    ].filter(({ bytes }) => bytes.length > 0);
    for (const file of [...files, ...onDemand])
      process.stderr.write(
        `${String(gzipBytes(file.bytes)).padStart(8)}  ${pathOf(file.url)}${onDemand.includes(file) ? ' (on demand)' : ''}\n`,
      );
    const surveyJsGzipBytes = await sizeOfSurveyJs();
    return judge(
      {
        kioskGzipBytes: sumOfGzip(files),
        scriptGzipBytes: sumOfGzip(files.filter(({ url }) => !pathOf(url).endsWith('.css'))),
        styleGzipBytes: sumOfGzip(files.filter(({ url }) => pathOf(url).endsWith('.css'))),
        serviceWorkerGzipBytes: gzipBytes(workerFile.bytes),
        files: files.length,
        onDemandGzipBytes: sumOfGzip(onDemand),
        surveyJsGzipBytes,
        ratioToSurveyJs: rounded(sumOfGzip(files) / surveyJsGzipBytes, 3),
      },
      { kioskGzipBytes: { atMost: 61_440 } },
    );
  } finally {
    await browser.close();
    await parvis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same visit built on SurveyJS: what its page names, and nothing less. */
async function sizeOfSurveyJs(): Promise<number> {
  const served = await serveSurveyJsPage();
  try {
    const { urls, inline } = codeInHtml(await (await fetch(served.url)).text(), served.url);
    return sumOfGzip([
      ...(await Promise.all(urls.map(read))),
      { url: served.url, bytes: Buffer.from(inline) },
    ]);
  } finally {
    await served.close();
  }
}

async function visitWhole(
  browser: Devtools,
  parvis: ParvisServer,
): Promise<{ fetched: readonly CodeFile[]; workerUrl: string }> {
  const { url } = await createEnrolment(parvis, POINT);
  let fetchedSoFar: (() => Promise<readonly CodeFile[]>) | undefined;
  const visitor = await Visitor.arrive(browser, url, RATING_FACE, async (page) => {
    fetchedSoFar = await watchCode(page);
  });
  // Visitor number 0 is one of those who leave a suggestion.
  await visitKiosk(visitor, 0);
  const workerUrl = await visitor.page.evaluate<string>(
    'navigator.serviceWorker.ready.then(({ active }) => active.scriptURL)',
  );
  return { fetched: (await fetchedSoFar?.()) ?? [], workerUrl };
}

async function read(url: string): Promise<CodeFile> {
  const reply = await fetch(url);
  if (!reply.ok) throw new Error(`${url} was answered ${reply.status}.`);
  return { url, bytes: Buffer.from(await reply.arrayBuffer()) };
}

/** Addresses are compared without their host: the link may say `localhost`, the bench asks 127.0.0.1. */
function pathOf(url: string): string {
  return new URL(url).pathname;
}

function gzipBytes(bytes: Buffer): number {
  return gzipSync(bytes, { level: 9 }).length;
}

function sumOfGzip(files: readonly CodeFile[]): number {
  return files.reduce((sum, { bytes }) => sum + gzipBytes(bytes), 0);
}
