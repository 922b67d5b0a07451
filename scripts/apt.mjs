import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { say } from './root.mjs';

/** Whether packages of the system can be installed without asking: as root, on a system with apt. */
export function canInstall() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/**
 * @param {string[]} packages
 * @returns {boolean} whether they are there now
 */
export function install(packages) {
  return apt(['update', '-qq']) && apt(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

/** @param {string[]} words */
function apt(words) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stderr } = spawnSync('apt-get', words, { env, encoding: 'utf8' });
  if (status !== 0) say(stderr.trimEnd());
  return status === 0;
}
