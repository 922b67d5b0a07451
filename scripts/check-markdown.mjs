// Names in Markdown: every relative link, every path in backticks and every `npm run NAME` must exist.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { runAsProgramme } from './offences.mjs';
import { sourceFiles } from './source-files.mjs';

/** Generated or created by running: named in prose, absent from a checkout. */
const MADE_LATER = /^(dist|data|node_modules|coverage)(\/|$)/;

/**
 * @param {string} root
 * @returns {string[]} one line for each name that leads nowhere
 */
export function checkMarkdown(root) {
  const files = sourceFiles(root);
  const tops = new Set(files.map((file) => file.split('/')[0]));
  const scripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts ?? {});
  const offences = [];
  for (const file of files.filter((path) => path.endsWith('.md'))) {
    const text = readFileSync(join(root, file), 'utf8');
    const prose = withoutFences(text);
    for (const link of links(prose)) {
      const why = whyLinkRefused(root, file, text, link);
      if (why !== undefined) offences.push(`${file} → ${link}: ${why}`);
    }
    for (const path of paths(prose, tops)) {
      const isThere = [root, join(root, dirname(file))].some((base) => existsSync(join(base, path)));
      if (!isThere) offences.push(`${file} → ${path}: there is no such file`);
    }
    for (const [, name = ''] of text.matchAll(/\bnpm run ([a-z][a-z0-9:-]*)/g)) {
      if (!scripts.includes(name))
        offences.push(`${file} → npm run ${name}: package.json has no such script`);
    }
  }
  return offences;
}

/** @param {string} text */
function withoutFences(text) {
  return text.replace(/^(```+|~~~+)[^\n]*\n[\s\S]*?^\1\s*$/gm, '');
}

/** @param {string} prose */
function links(prose) {
  const plain = prose.replace(/`[^`\n]*`/g, '');
  return [...plain.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)|<(?:img|a)\s[^>]*?(?:src|href)="([^"]+)"/g)]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((link) => !/^[a-z][a-z+.-]*:/i.test(link));
}

/**
 * @param {string} root
 * @param {string} file
 * @param {string} text of that file
 * @param {string} link
 */
function whyLinkRefused(root, file, text, link) {
  const [path = '', anchor] = decodeURI(link).split('#');
  const target = path === '' ? file : normalize(join(dirname(file), path));
  if (!existsSync(join(root, target))) return 'there is no such file';
  if (anchor === undefined || !target.endsWith('.md')) return undefined;
  const body = path === '' ? text : readFileSync(join(root, target), 'utf8');
  return anchors(body).has(anchor) ? undefined : `${target} has no heading of that name`;
}

/** @param {string} text */
function anchors(text) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const found = new Set();
  for (const [, heading = ''] of withoutFences(text).matchAll(/^#{1,6}\s+(.*?)\s*#*$/gm)) {
    const slug = heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    found.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return found;
}

/**
 * Inline code that names a file of the repository: it has a slash, and begins with one of its top folders or ends
 * with the extension of a source file.
 * @param {string} prose
 * @param {Set<string | undefined>} tops
 */
function paths(prose, tops) {
  return [...prose.matchAll(/`([^`\n]+)`/g)]
    .map((match) => (match[1] ?? '').replace(/^\.\//, ''))
    .filter((path) => /^[\w@.][\w@./-]*$/.test(path) && path.includes('/') && !path.startsWith('@'))
    .filter(
      (path) => tops.has(path.split('/')[0]) || /\/[\w.-]+\.(ts|tsx|mjs|md|json|sql|css|html)$/.test(path),
    )
    .filter((path) => !MADE_LATER.test(path));
}

runAsProgramme(import.meta.url, checkMarkdown);
