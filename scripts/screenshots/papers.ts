import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { TestServer } from '../../e2e/server-process.ts';
import { openWebView } from '../../e2e/web-view.ts';
import { say } from '../root.mjs';
import { PICTURES } from './shoot.ts';

/** What is printed: where it is, and how many of its pages are pictured. */
const PAPERS = {
  evidence: { path: '/api/v1/exports/evidence.pdf?period=2026', pages: 2 },
  poster: { path: '/api/v1/publications/ville-de-libourne/accueil-general/poster.pdf', pages: 1 },
};
const DOTS_PER_INCH = '90';

/** Pictures of the papers, by `pdftoppm` of poppler; where it is missing, says so and takes none. */
export async function takePapers(browser: Browser, server: TestServer): Promise<void> {
  const view = await openWebView(browser, server);
  const folder = mkdtempSync(join(tmpdir(), 'parvis-papers-'));
  try {
    for (const [name, { path, pages }] of Object.entries(PAPERS)) {
      const reply = await view.page.request.get(`${server.origin}${path}`);
      if (!reply.ok()) throw new Error(`${path} answers ${reply.status()}: ${await reply.text()}`);
      const pdf = join(folder, `${name}.pdf`);
      writeFileSync(pdf, await reply.body());
      for (let page = 1; page <= pages; page += 1) {
        const range = ['-f', String(page), '-l', String(page), '-singlefile'];
        const picture = join(PICTURES, pages === 1 ? name : `${name}-${page}`);
        execFileSync('pdftoppm', ['-png', '-r', DOTS_PER_INCH, ...range, pdf, picture]);
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    say('No picture of the papers: they need pdftoppm (apt-get install poppler-utils).');
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await view.context.close();
  }
}
