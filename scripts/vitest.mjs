import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './root.mjs';

/**
 * Runs Vitest once.
 * @param {string[]} words
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.WriteStream} [output] where it says what it has to say
 * @returns {Promise<number>} its exit code
 */
export function vitest(words, env, output = process.stdout) {
  return new Promise((resolve, reject) => {
    const program = join(ROOT, 'node_modules/vitest/vitest.mjs');
    const child = spawn(process.execPath, [program, 'run', ...words], {
      cwd: ROOT,
      env,
      stdio: ['inherit', output, 'inherit'],
    });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
      process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
