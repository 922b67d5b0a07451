// The table of environment variables in docs/operations.md and the variables sync-server/config.ts reads are the same.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { firstColumnNames } from './markdown-table.mjs';
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
  const read = variablesRead(readFileSync(join(root, SOURCE), 'utf8'));
  const explained = firstColumnNames(readFileSync(join(root, PAGE), 'utf8'), HEADING);
  return [
    ...[...read]
      .filter((name) => !explained.has(name))
      .map((name) => `${SOURCE} → ${name}: not in the table of ${PAGE}`),
    ...[...explained]
      .filter((name) => !read.has(name))
      .map((name) => `${PAGE} → ${name}: ${SOURCE} does not read it`),
  ];
}

/**
 * A variable is named by a string, a key or a member in capitals; the module's own constants are plain identifiers.
 * @param {string} text
 */
function variablesRead(text) {
  /** @type {Set<string>} */
  const names = new Set();
  /** @param {unknown} name */
  const note = (name) => {
    if (typeof name === 'string' && NAME.test(name)) names.add(name);
  };
  new Visitor({
    Literal: (node) => note(node.value),
    Property: (node) => !node.shorthand && node.key.type === 'Identifier' && note(node.key.name),
    MemberExpression: (node) =>
      !node.computed && node.property.type === 'Identifier' && note(node.property.name),
  }).visit(parseSync(SOURCE, text).program);
  return names;
}

runAsProgramme(import.meta.url, checkEnvironment);
