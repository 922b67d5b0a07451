import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const NOT_OURS = new Set(['node_modules', 'dist', 'data', 'coverage', '.git', '.cache']);

/**
 * The files of a checkout that are, or are about to be, in version control. Outside a repository (a copy, an
 * archive) every file that nothing generates.
 * @param {string} root
 * @returns {string[]} paths from `root`, with forward slashes, sorted
 */
export function sourceFiles(root) {
  const git = existsSync(join(root, '.git'))
    ? spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
        cwd: root,
        encoding: 'utf8',
      })
    : undefined;
  const found = git?.status === 0 ? git.stdout.split('\0').filter(Boolean) : walk(root, root);
  return found.filter((path) => existsSync(join(root, path))).toSorted();
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function walk(root, folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : walk(root, path);
    return entry.isFile() ? [relative(root, path).split(sep).join('/')] : [];
  });
}
