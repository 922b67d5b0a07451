import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Lets a check be run as a programme, `node scripts/check-….mjs [folder]`: it prints one line for each offence and
 * exits 1 if there is one. Does nothing when the module is only imported.
 * @param {string} moduleUrl `import.meta.url` of the check
 * @param {(root: string) => string[]} check
 */
export function runAsProgramme(moduleUrl, check) {
  const called = process.argv[1];
  if (called === undefined || realpathSync(called) !== realpathSync(fileURLToPath(moduleUrl))) return;
  const offences = check(resolve(process.argv[2] ?? '.'));
  for (const line of offences) process.stdout.write(`${line}\n`);
  process.exitCode = offences.length > 0 ? 1 : 0;
}
