// `npm run lighthouse`: Lighthouse on the pages of the web view, signed in, over a made-up year; `--json` for a machine.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { ensurePackages } from './packages.mjs';
import { ensurePages } from './pages.mjs';
import { PlainError, ROOT, runMain, say } from './root.mjs';
import { importTypeScript } from './typescript.mjs';

/** The last that runs on Node 20. */
const VERSION = '12.8.2';
/** With two hundred packages and 185 MB it is no dependency of anybody who does not ask for it: it is kept apart from theirs. */
const FOLDER = join(ROOT, 'node_modules/.cache', `lighthouse-${VERSION}`);

await runMain(async () => {
  await ensurePackages('all');
  await ensurePages();
  ensureChromium();
  ensureLighthouse();
  const index = join(FOLDER, 'node_modules/lighthouse/core/index.js');
  const lighthouse = await import(pathToFileURL(index).href);
  const { main } = await importTypeScript('e2e/page-audit/main.ts');
  return main(process.argv.slice(2), lighthouse);
});

function ensureLighthouse() {
  if (existsSync(join(FOLDER, 'node_modules/.package-lock.json'))) return;
  say(`Fetching Lighthouse ${VERSION} …`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), '{ "private": true }\n');
  const words = ['install', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, stderr } = spawnSync('npm', [...words, `lighthouse@${VERSION}`], {
    cwd: FOLDER,
    encoding: 'utf8',
  });
  if (status !== 0) throw new PlainError(`Lighthouse could not be fetched:\n${stderr}`);
}
