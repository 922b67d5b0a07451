import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { digestOf, viteBuild } from './build-once.mjs';
import { withLock } from './lock.mjs';
import { PlainError, ROOT, say } from './root.mjs';

const BUILDS = join(ROOT, 'dist/server');
const SOURCES = ['domain', 'protocol', 'sync-server'];
const SETTINGS = ['scripts/server.config.mjs', 'package-lock.json'];
const DIGITS = 12;
/** What is not whole yet, or never became so. */
const BEGUN = '.begun';
/** A server still runs from the build before this one until it is started again. */
const KEPT_BEFORE = 1;

/**
 * Builds the server, unless dist/ already holds the build of these very sources: TypeScript compiled while it is read costs each of Parvis's
 * processes 40 MB and half a second. Each build has a folder of its own, which is there whole or not at all: under a running server nothing changes.
 *
 * @returns {Promise<string>} the folder: in it lies `sync-server/main.js` where `sync-server/main.ts` lies in this one
 */
export async function ensureServer() {
  const known = folderOf(digestOf(SOURCES, SETTINGS));
  if (existsSync(known)) return known;
  return withLock('build', async () => {
    const folder = folderOf(digestOf(SOURCES, SETTINGS));
    if (existsSync(folder)) return folder;
    say('Building the server …');
    const begun = `${folder}${BEGUN}`;
    const { code, output } = await viteBuild(['--config', 'scripts/server.config.mjs', '--outDir', begun]);
    if (code !== 0) throw new PlainError(`The server could not be built:\n\n${output.trimEnd()}`);
    renameSync(begun, folder);
    removeOldBuilds(folder);
    return folder;
  });
}

/**
 * Imports a module of the built server.
 * @param {string} path without its ending, as `sync-server/main`
 * @returns {Promise<any>} the module, whose shape the caller knows by contract
 */
export async function importServer(path) {
  const folder = await ensureServer();
  return import(pathToFileURL(join(folder, `${path}.js`)).href);
}

/** @param {string} digest */
function folderOf(digest) {
  return join(BUILDS, digest.slice(0, DIGITS));
}

/** @param {string} newest */
function removeOldBuilds(newest) {
  const others = readdirSync(BUILDS)
    .map((name) => join(BUILDS, name))
    .filter((folder) => folder !== newest);
  const whole = others
    .filter((folder) => !folder.endsWith(BEGUN))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  const kept = new Set(whole.slice(0, KEPT_BEFORE));
  for (const folder of others) if (!kept.has(folder)) rmSync(folder, { recursive: true, force: true });
}
