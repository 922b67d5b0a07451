import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PlainError, ROOT } from './root.mjs';

/**
 * Large packages of the server, hundreds of files: loaded before TypeScript is switched on, which asks another thread
 * about every file it meets. That takes a fifth off the start.
 */
const LOADED_FIRST = ['kysely', 'fastify', '@fastify/static', 'valibot'];

/**
 * Imports a TypeScript module of this repository; to be called once the packages are there.
 * @param {string} path from the top of the repository
 * @returns {Promise<any>} the module, whose shape the caller knows by contract
 */
export async function importTypeScript(path) {
  const absolute = join(ROOT, path);
  if (!existsSync(absolute)) throw new PlainError(`There is no ${path}.`);
  await Promise.all(LOADED_FIRST.map((name) => import(name)));
  const { register } = await import('tsx/esm/api');
  register();
  return import(pathToFileURL(absolute).href);
}
