// Every package of package.json has its reason in the tables of docs/architecture.md, and none is explained there
// that is no longer used.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstColumnNames } from './markdown-table.mjs';
import { runAsProgramme } from './offences.mjs';

const PAGE = 'docs/architecture.md';
const HEADING = 'Dependencies';

/**
 * @param {string} root
 * @returns {string[]}
 */
export function checkReasons(root) {
  if (!existsSync(join(root, PAGE))) return [`${PAGE}: there is no such file`];
  const { dependencies = {}, devDependencies = {} } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const used = new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
  const explained = firstColumnNames(readFileSync(join(root, PAGE), 'utf8'), HEADING);
  return [
    ...[...used]
      .filter((name) => !explained.has(name))
      .map((name) => `package.json → ${name}: ${PAGE} gives no reason for it`),
    ...[...explained]
      .filter((name) => !used.has(name))
      .map((name) => `${PAGE} → ${name}: package.json does not have it`),
  ];
}

runAsProgramme(import.meta.url, checkReasons);
