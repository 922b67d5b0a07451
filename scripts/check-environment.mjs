// The table of environment variables in docs/operations.md says what sync-server/config.ts reads: the same names, in
// the same order, with the same meanings.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { runAsProgramme } from './offences.mjs';

const PAGE = 'docs/operations.md';
const HEADING = 'Environment';
const SOURCE = 'sync-server/config.ts';
const NAME = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/**
 * @param {string} root
 * @returns {string[]}
 */
export function checkEnvironment(root) {
  const absent = [PAGE, SOURCE].filter((path) => !existsSync(join(root, path)));
  if (absent.length > 0) return absent.map((path) => `${path}: there is no such file`);
  const read = meaningsRead(readFileSync(join(root, SOURCE), 'utf8'));
  const told = meaningsTold(readFileSync(join(root, PAGE), 'utf8'));
  const offences = [];
  for (const [name, meaning] of read) {
    if (!told.has(name)) offences.push(`${SOURCE} → ${name}: not in the table of ${PAGE}`);
    else if (told.get(name) !== meaning) offences.push(`${PAGE} → ${name}: ${SOURCE} says “${meaning}”`);
  }
  for (const name of told.keys()) {
    if (!read.has(name)) offences.push(`${PAGE} → ${name}: ${SOURCE} does not read it`);
  }
  if (offences.length > 0) return offences;
  const isInOrder = [...read.keys()].join() === [...told.keys()].join();
  return isInOrder ? [] : [`${PAGE} → ${HEADING}: not in the order of ${SOURCE}`];
}

/**
 * Each `NAME: { meaning: '…', … }` of the module.
 * @param {string} text
 */
function meaningsRead(text) {
  /** @type {Map<string, string>} */
  const meanings = new Map();
  new Visitor({
    Property({ key, value }) {
      if (key.type !== 'Identifier' || !NAME.test(key.name) || value.type !== 'ObjectExpression') return;
      for (const inner of value.properties) {
        const isMeaning =
          inner.type === 'Property' && inner.key.type === 'Identifier' && inner.key.name === 'meaning';
        if (isMeaning && inner.value.type === 'Literal') meanings.set(key.name, String(inner.value.value));
      }
    },
  }).visit(parseSync(SOURCE, text).program);
  return meanings;
}

/**
 * Each row `| `NAME` | default | meaning |` under the heading.
 * @param {string} text
 */
function meaningsTold(text) {
  const [, rest = ''] = text.split(`\n## ${HEADING}\n`);
  const section = rest.split(/\n## /)[0] ?? '';
  const rows = [...section.matchAll(/^\| `([^`|]+)` \|[^|\n]*\| (.*?) \|$/gm)];
  return new Map(rows.map(([, name = '', meaning = '']) => [name, meaning]));
}

runAsProgramme(import.meta.url, checkEnvironment);
