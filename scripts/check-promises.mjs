// The page of promises is what a run has measured: `docs/promises.md` must be what `docs/promises.json` gives, to the letter.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAsProgramme } from './offences.mjs';
import { promisesPage } from './promises-page.mjs';

const PAGE = 'docs/promises.md';
const RUN = 'docs/promises.json';

/**
 * @param {string} root
 * @returns {string[]} one line for each offence
 */
export function checkPromises(root) {
  if (!existsSync(join(root, RUN)) || !existsSync(join(root, PAGE))) return [`${PAGE}: run npm run promises`];
  const generated = promisesPage(JSON.parse(readFileSync(join(root, RUN), 'utf8')));
  return readFileSync(join(root, PAGE), 'utf8') === generated
    ? []
    : [`${PAGE}: not what ${RUN} gives; it is written by npm run promises -- --write, never by hand`];
}

runAsProgramme(import.meta.url, checkPromises);
