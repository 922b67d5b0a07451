// How the server is built: each of its files by itself, without its types, where it lies among the others; packages stay what they are.
import { cpSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { defineConfig } from 'vite';
import { ROOT } from './root.mjs';

const FOLDER = 'sync-server';
/** What Node is started with: the server, the commands, and what runs beside the server in a process of its own. */
const PROGRAMME = /^(main|cli\/[^/]+|.*-process)\.ts$/;
const OF_TESTS = /(^|\/)test-[^/]*$|\.test\.ts$/;

const files = readdirSync(join(ROOT, FOLDER), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(join(ROOT, FOLDER), join(entry.parentPath, entry.name)).split(sep).join('/'))
  .filter((path) => !OF_TESTS.test(path));

export default defineConfig(({ command }) => ({
  root: ROOT,
  publicDir: false,
  plugins: [command === 'build' ? copied() : []],
  build: {
    ssr: true,
    target: 'node20',
    minify: false,
    reportCompressedSize: false,
    emptyOutDir: true,
    rolldownOptions: {
      treeshake: false,
      input: files.filter((path) => PROGRAMME.test(path)).map((path) => join(ROOT, FOLDER, path)),
      output: { preserveModules: true, preserveModulesRoot: ROOT, entryFileNames: '[name].js' },
    },
  },
}));

/**
 * What the server reads as it is (migrations, fonts, questionnaires) goes beside the code that reads it.
 * @returns {import('vite').Plugin}
 */
function copied() {
  return {
    name: 'parvis:copied',
    writeBundle({ dir = '' }) {
      for (const path of files)
        if (!path.endsWith('.ts')) cpSync(join(ROOT, FOLDER, path), join(dir, FOLDER, path));
    },
  };
}
