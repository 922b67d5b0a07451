import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { withLock } from './lock.mjs';
import { PlainError, ROOT, say } from './root.mjs';

const MARKER = join(ROOT, 'dist/.built');
/** Everything a built page can depend on. */
const SOURCES = ['domain', 'protocol', 'kiosk', 'admin', 'public'];
const SETTINGS = ['vite.config.ts', 'tsconfig.base.json', 'package.json', 'package-lock.json'];
/** Built one after the other: the first empties the folder. */
const PAGES = ['kiosk', 'phone', 'admin'];

/**
 * Builds the tablet's page, the telephone's and the web view, unless dist/ already holds the build of these very sources.
 * The build runs in a process of its own, so that the server does not carry the bundler's memory.
 */
export async function ensurePages() {
  if (isBuilt(sourceDigest())) return;
  await withLock('build', async () => {
    const digest = sourceDigest();
    if (isBuilt(digest)) return;
    say('Building the pages …');
    const started = performance.now();
    for (const page of PAGES) {
      const { code, output } = await build(page);
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

function sourceDigest() {
  const hash = createHash('sha256');
  for (const path of [...SOURCES.flatMap(filesUnder), ...SETTINGS]) {
    const absolute = join(ROOT, path);
    if (!existsSync(absolute)) continue;
    hash.update(`${path}\0`).update(readFileSync(absolute)).update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} folder */
function filesUnder(folder) {
  const absolute = join(ROOT, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .toSorted();
}

/**
 * @param {string} page
 * @returns {Promise<{ code: number, output: string }>}
 */
function build(page) {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--mode', page, '--logLevel', 'warn'], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
