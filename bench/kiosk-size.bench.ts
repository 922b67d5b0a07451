import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type CodeFile, codeInHtml, watchCode } from './browser/code-fetched.ts';
import { type Devtools, startBrowser } from './browser/devtools.ts';
import { RATING_FACE, Visitor, visitKiosk } from './browser/visitor.ts';
import { type ParvisServer, createEnrolment, startParvis } from './server/parvis-server.ts';
import { type Measured, judge } from './targets.ts';

const POINT = 'accueil-hotel-de-ville';

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
    const files = [
      ...fetched.filter(({ url }) => pathOf(url) !== pathOf(workerUrl)),
      ...(await Promise.all(named.map(read))),
      { url: `${pageUrl} (inline)`, bytes: Buffer.from(inline) },
    ].filter(({ bytes }) => bytes.length > 0);
    for (const { url, bytes } of files)
      process.stderr.write(`${String(gzipBytes(bytes)).padStart(8)}  ${pathOf(url)}\n`);
    return judge(
      {
        kioskGzipBytes: sumOfGzip(files),
        scriptGzipBytes: sumOfGzip(files.filter(({ url }) => !pathOf(url).endsWith('.css'))),
        styleGzipBytes: sumOfGzip(files.filter(({ url }) => pathOf(url).endsWith('.css'))),
        serviceWorkerGzipBytes: gzipBytes(workerFile.bytes),
        files: files.length,
      },
      { kioskGzipBytes: { atMost: 61_440 } },
    );
  } finally {
    await browser.close();
    await parvis.stop();
    rmSync(folder, { recursive: true, force: true });
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
