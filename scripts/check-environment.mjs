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

/** @typedef {{ fallback: string | undefined, meaning: string }} Variable `fallback` is undefined when it is computed */

/**
 * @param {string} root
 * @returns {string[]}
 */
export function checkEnvironment(root) {
  const absent = [PAGE, SOURCE].filter((path) => !existsSync(join(root, path)));
  if (absent.length > 0) return absent.map((path) => `${path}: there is no such file`);
  const read = variablesRead(readFileSync(join(root, SOURCE), 'utf8'));
  const told = variablesTold(readFileSync(join(root, PAGE), 'utf8'));
  const offences = [];
  for (const [name, { fallback, meaning }] of read) {
    const row = told.get(name);
    if (row === undefined) offences.push(`${SOURCE} → ${name}: not in the table of ${PAGE}`);
    else if (row.meaning !== meaning) offences.push(`${PAGE} → ${name}: ${SOURCE} says “${meaning}”`);
    else if (fallback !== undefined && row.fallback !== fallback) {
      offences.push(`${PAGE} → ${name}: the default in ${SOURCE} is “${fallback}”`);
    }
  }
  for (const name of told.keys()) {
    if (!read.has(name)) offences.push(`${PAGE} → ${name}: ${SOURCE} does not read it`);
  }
  if (offences.length > 0) return offences;
  const isInOrder = [...read.keys()].join() === [...told.keys()].join();
  return isInOrder ? [] : [`${PAGE} → ${HEADING}: not in the order of ${SOURCE}`];
}

/**
 * Each `NAME: { fallback: '…', meaning: '…', … }` of the module.
 * @param {string} text
 */
function variablesRead(text) {
  /** @type {Map<string, Variable>} */
  const variables = new Map();
  new Visitor({
    Property({ key, value }) {
      if (key.type !== 'Identifier' || !NAME.test(key.name) || value.type !== 'ObjectExpression') return;
      /** @type {Map<string, string>} */
      const texts = new Map();
      for (const inner of value.properties) {
        if (inner.type !== 'Property' || inner.key.type !== 'Identifier' || inner.value.type !== 'Literal')
          continue;
        texts.set(inner.key.name, String(inner.value.value));
      }
      const meaning = texts.get('meaning');
      if (meaning !== undefined) variables.set(key.name, { fallback: texts.get('fallback'), meaning });
    },
  }).visit(parseSync(SOURCE, text).program);
  return variables;
}

/**
 * Each row `| `NAME` | `default` | meaning |` under the heading; a dash stands for no default.
 * @param {string} text
 */
function variablesTold(text) {
  const [, rest = ''] = text.split(`\n## ${HEADING}\n`);
  const section = rest.split(/\n## /)[0] ?? '';
  const rows = [...section.matchAll(/^\| `([^`|]+)` \| (?:`([^`]*)`|–) \| (.*?) \|$/gm)];
  return new Map(rows.map(([, name = '', fallback = '', meaning = '']) => [name, { fallback, meaning }]));
}

runAsProgramme(import.meta.url, checkEnvironment);
