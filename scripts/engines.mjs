import { existsSync } from 'node:fs';
import { canInstall, install } from './apt.mjs';
import { ensureChromium } from './chromium.mjs';
import { say } from './root.mjs';

/**
 * What an engine needs of the system: the packages of Debian, and the files that show that they are there.
 * @typedef {{ packages: string[], files: string[] }} Needs
 */

/** @type {Needs} */
const WEBKIT = {
  packages: ['webkit2gtk-driver', 'xvfb', 'gjs', 'gir1.2-webkit2-4.1'],
  files: ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb', '/usr/bin/gjs'],
};
/** @type {Needs} */
const FIREFOX = { packages: ['firefox-esr'], files: ['/usr/lib/firefox-esr/firefox-esr'] };

/** The engines the kiosk must work in, in the order they are told of; the names are those of `e2e/engines/device.ts`. */
export const ENGINES = ['chromium', 'chromium-idb-sqlite', 'webkit', 'firefox'];

/**
 * Installs an engine where it is missing and that can be done without asking.
 * @param {string} engine
 * @returns {string | undefined} why it cannot run here
 */
export function ensureEngine(engine) {
  if (engine === 'webkit') return ensure(WEBKIT);
  if (engine === 'firefox') return ensure(FIREFOX);
  const chromium = ensureChromium();
  if (chromium === undefined) return 'there is no Chromium: apt-get install chromium';
  process.env['CHROMIUM_PATH'] = chromium;
  return undefined;
}

/**
 * @param {Needs} needs
 * @returns {string | undefined}
 */
function ensure({ packages, files }) {
  const absent = () => files.filter((file) => !existsSync(file));
  if (absent().length === 0) return undefined;
  if (canInstall()) {
    say(`Installing ${packages.join(', ')} with apt …`);
    install(packages);
  }
  const still = absent();
  if (still.length === 0) return undefined;
  return `${still.join(', ')} missing: apt-get install --no-install-recommends ${packages.join(' ')}`;
}
