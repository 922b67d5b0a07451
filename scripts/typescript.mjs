import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PlainError, ROOT } from './root.mjs';

/**
 * Imports a TypeScript module of this repository; to be called once the packages are there.
 * @param {string} path from the top of the repository
 * @returns {Promise<any>} the module, whose shape the caller knows by contract
 */
export async function importTypeScript(path) {
  const absolute = join(ROOT, path);
  if (!existsSync(absolute)) throw new PlainError(`There is no ${path}.`);
  const { register } = await import('tsx/esm/api');
  register();
  return import(pathToFileURL(absolute).href);
}
