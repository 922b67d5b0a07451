import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { conformanceFiles } from './scripts/conformance.mjs';
import { LongestFirst } from './scripts/longest-first.ts';
import { ROOT } from './scripts/root.mjs';

const MINUTE_MS = 60_000;
/** Writes down what tests have measured. */
const setupFiles = ['e2e/note-figures.ts'];
/** Whatever starts a server, or runs one of its commands, does so as `npm start` does. */
const builtServer = 'scripts/built-server.ts';
const elsewhere = ['**/node_modules/**', 'dist/**', 'data/**'];
/** Components are compiled for Preact; tests need no more of the build than that. */
const oxc = { jsx: { runtime: 'automatic' as const, importSource: 'preact' } };

/**
 * Files that run in one process share what they import: to read the packages anew for each was a sixth of all the work. A file cleans up after
 * itself, and whoever fakes a clock or a method gives it back.
 */
const oneAfterTheOther = { isolate: false };

const isEngineRun = process.env['PARVIS_ENGINE'] !== undefined;
/** What is told by the second, or weighed: after everything else, each with a processor of its own. */
const TIMED = ['drumming', 'soak', 'storage'].map((name) => `e2e/${name}.spec.ts`);
const browserTests = {
  ...oneAfterTheOther,
  environment: 'node',
  setupFiles,
  globalSetup: [builtServer, 'scripts/built-pages.ts'],
  // A browser on a busy machine may miss its moment once. A fault of ours is there the second time too.
  retry: process.env['CI'] === undefined ? 0 : 1,
  // What follows an event follows it late on a busy machine.
  expect: { poll: { timeout: MINUTE_MS / 4 } },
  testTimeout: 5 * MINUTE_MS,
  hookTimeout: 2 * MINUTE_MS,
};

export default defineConfig({
  test: {
    // One more than there are processors: what drives a browser waits for it half of its time, beside what computes.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        oxc,
        test: {
          ...oneAfterTheOther,
          name: 'node',
          include: ['**/*.test.ts'],
          exclude: [...elsewhere, '**/*.dom.test.ts'],
          environment: 'node',
          setupFiles,
          globalSetup: [builtServer, 'scripts/test-postgres.ts'],
          testTimeout: MINUTE_MS,
          hookTimeout: MINUTE_MS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        oxc,
        test: {
          // The same tests as above, on the other database.
          ...oneAfterTheOther,
          name: 'postgres',
          include: conformanceFiles(
            ROOT,
            process.env['PARVIS_NIGHTLY'] !== undefined || process.env['PARVIS_CONFORMANCE'] !== undefined,
          ),
          env: { PARVIS_DATABASE: 'postgres' },
          environment: 'node',
          setupFiles,
          globalSetup: [builtServer, 'scripts/test-postgres.ts'],
          testTimeout: 2 * MINUTE_MS,
          hookTimeout: 2 * MINUTE_MS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        oxc,
        test: {
          name: 'dom',
          include: ['**/*.dom.test.tsx', '**/*.dom.test.ts'],
          exclude: elsewhere,
          environment: 'happy-dom',
          testTimeout: MINUTE_MS / 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        oxc,
        test: {
          ...browserTests,
          name: 'e2e',
          include: ['e2e/**/*.spec.ts'],
          // One engine at a time, as `npm run test:engines` asks for it.
          exclude: isEngineRun ? elsewhere : [...elsewhere, ...TIMED, 'e2e/engines/**'],
          // The engines share a display.
          ...(isEngineRun && { fileParallelism: false, maxWorkers: 1 }),
          sequence: { groupOrder: isEngineRun ? 1 : 0 },
        },
      },
      {
        oxc,
        test: {
          ...browserTests,
          name: 'e2e-timed',
          include: TIMED,
          exclude: elsewhere,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
