// package-lock.json must install everywhere: it holds every optional package that its packages name (the binaries
// of the other systems; npm drops those a registry lacks, and `npm ci` then refuses), no registry's address, and a
// hash for each package.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAsProgramme } from './offences.mjs';

/**
 * @param {string} root
 * @returns {string[]}
 */
export function checkLock(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const names = new Set(Object.keys(packages).map(nameOf));
  const offences = [];
  for (const [path, entry] of Object.entries(packages)) {
    if (path === '') continue;
    const label = `package-lock.json → ${nameOf(path)}@${entry.version}`;
    const optional = Object.keys(entry.optionalDependencies ?? {});
    const missing = optional.filter((name) => !names.has(name));
    if (missing.length > 0) {
      offences.push(
        `${label}: lacks ${missing.length} of ${optional.length} optional packages (${missing[0]})`,
      );
    }
    if (entry.resolved !== undefined) offences.push(`${label}: carries an address, ${entry.resolved}`);
    if (entry.integrity === undefined && !entry.link) offences.push(`${label}: has no hash`);
  }
  return offences;
}

/** @param {string} path */
function nameOf(path) {
  return path.split('node_modules/').at(-1) ?? path;
}

runAsProgramme(import.meta.url, checkLock);
