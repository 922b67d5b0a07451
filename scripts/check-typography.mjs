// French on screen is set as the French set it: true apostrophes, and a space that does not break before « : ; ? ! % »
// and inside the quotation marks. Looks at every text of the rooms' `words/fr`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { runAsProgramme } from './offences.mjs';
import { sourceFiles } from './source-files.mjs';

const WORDS = /^(kiosk|admin)\/words\/(words-)?fr(-[\w-]+)?(\/.*)?(\.[\w-]+)?\.tsx?$/;
/** No-break space and narrow no-break space. */
const FIRM = '\\u00a0\\u202f';
/** @type {[RegExp, string][]} */
const FAULTS = [
  [/\p{L}'\p{L}/u, 'a typewriter apostrophe'],
  [
    new RegExp(`[^${FIRM}\\s?!][?!]|[^${FIRM}\\s];|[^${FIRM}\\s\\d]:(?=\\s|$)`, 'u'),
    'a mark without its space',
  ],
  [new RegExp(`[^\\S${FIRM}][;:?!%»]`, 'u'), 'a space that breaks before a mark'],
  [new RegExp(`«(?![${FIRM}])|(?<![${FIRM}])»`, 'u'), 'a quotation mark without its space'],
  [/\.\.\./, 'three dots instead of an ellipsis'],
];

/**
 * @param {string} root
 * @returns {string[]}
 */
export function checkTypography(root) {
  return sourceFiles(root)
    .filter((file) => WORDS.test(file) && !file.includes('.test.'))
    .flatMap((file) =>
      texts(file, readFileSync(join(root, file), 'utf8')).flatMap((text) =>
        FAULTS.filter(([pattern]) => pattern.test(text)).map(([, fault]) => `${file} → “${text}”: ${fault}`),
      ),
    );
}

/**
 * What is said to people in a module: its strings, the specifiers of its imports apart.
 * @param {string} file
 * @param {string} source
 */
function texts(file, source) {
  /** @type {string[]} */
  const found = [];
  const set = new Set();
  const { program, module } = parseSync(file, source);
  new Visitor({
    Literal(node) {
      if (typeof node.value === 'string') found.push(node.value);
    },
    TaggedTemplateExpression(node) {
      // admin/words/typography.ts sets these itself; a typewriter apostrophe it would leave.
      if (node.tag.type === 'Identifier' && node.tag.name === 't')
        for (const one of node.quasi.quasis) set.add(one);
    },
    TemplateElement(node) {
      const text = node.value.cooked ?? '';
      found.push(set.has(node) ? text.replace(/\s?[;:?!%«»]\s?/g, '') : text);
    },
  }).visit(program);
  const specifiers = new Set(module.staticImports.map((one) => one.moduleRequest.value));
  return found.filter((text) => !specifiers.has(text) && /\p{L}|[«»]/u.test(text));
}

runAsProgramme(import.meta.url, checkTypography);
