import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ROOT, say } from './root.mjs';

const POLL_MS = 200;

/**
 * Runs `work` while no other process of this checkout runs work of the same name: two commands started at the
 * same moment must neither install twice nor build into one another. A lock whose owner has died is taken over.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const checkout = createHash('sha256').update(ROOT).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `parvis-${checkout}-${name}.lock`);
  let hasSaidWaiting = false;
  while (!take(folder)) {
    if (!hasSaidWaiting) say(`Waiting for another Parvis command to finish its ${name} …`);
    hasSaidWaiting = true;
    await wait(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function take(folder) {
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    if (isOwnerGone(folder)) rmSync(folder, { recursive: true, force: true });
    return false;
  }
}

/** @param {string} folder */
function ageMs(folder) {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats ? Date.now() - stats.mtimeMs : 0;
}

/** @param {string} folder */
function isOwnerGone(folder) {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    // No file yet: the owner is between its two calls, or died there. Not permitted: it lives, under another account.
    if (code === 'ENOENT') return ageMs(folder) > POLL_MS * 10;
    return code === 'ESRCH';
  }
}
