import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, viteBuild } from './build-once.mjs';
import { withLock } from './lock.mjs';
import { PlainError, ROOT, say } from './root.mjs';

/** Where the pages lie. */
export const WEB_ROOT = join(ROOT, 'dist/web');
const MARKER = join(ROOT, 'dist/.built');
/** Everything a built page can depend on. */
const SOURCES = ['domain', 'protocol', 'kiosk', 'admin', 'public'];
const SETTINGS = ['vite.config.ts', 'tsconfig.base.json', 'package.json', 'package-lock.json'];
/** Built one after the other: the first empties the folder. */
const PAGES = ['kiosk', 'phone', 'admin'];

/** Builds the tablet's page, the telephone's and the web view, unless dist/ already holds the build of these very sources. */
export async function ensurePages() {
  if (isBuilt(digestOf(SOURCES, SETTINGS))) return;
  await withLock('build', async () => {
    const digest = digestOf(SOURCES, SETTINGS);
    if (isBuilt(digest)) return;
    say('Building the pages …');
    const started = performance.now();
    for (const page of PAGES) {
      const { code, output } = await viteBuild(['--mode', page]);
      if (code !== 0) throw new PlainError(`The page of ${page}/ could not be built:\n\n${output.trimEnd()}`);
    }
    writeFileSync(MARKER, digest);
    say(`Pages built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  });
}

/** @param {string} digest */
function isBuilt(digest) {
  return existsSync(MARKER) && readFileSync(MARKER, 'utf8') === digest;
}
