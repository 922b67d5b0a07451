import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canInstall, install } from './apt.mjs';
import { say } from './root.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * Finds the browser the tests drive, and installs it where that can be done without asking: as root, on a
 * system with apt. Elsewhere it says in one line what to do.
 * @returns {string | undefined} its path
 */
export function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  if (!canInstall()) {
    say(
      'No Chromium here: the browser tests will fail. Install Chromium, or give its path in CHROMIUM_PATH.',
    );
    return undefined;
  }
  say('Installing Chromium with apt …');
  if (!install(['chromium'])) say('apt could not install Chromium: the browser tests will fail.');
  return findChromium();
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function findChromium(env = process.env) {
  const given = env['CHROMIUM_PATH'];
  if (given) return given;
  const folders = (env['PATH'] ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
