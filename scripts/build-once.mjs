import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './root.mjs';

/**
 * What names a build: a digest of everything it depends on.
 * @param {readonly string[]} folders of sources
 * @param {readonly string[]} settings
 */
export function digestOf(folders, settings) {
  const hash = createHash('sha256');
  for (const path of [...folders.flatMap(filesUnder), ...settings]) {
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
 * Vite in a process of its own, so that the server does not carry the bundler's memory.
 * @param {readonly string[]} words
 * @returns {Promise<{ code: number, output: string }>}
 */
export function viteBuild(words) {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', ...words, '--logLevel', 'warn'], {
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
