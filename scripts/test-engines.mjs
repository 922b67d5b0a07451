// `npm run test:engines`: the same tests of the kiosk in each engine, one after the other. Ends with one line an engine. Names of engines
// after `--` choose some. An engine that cannot be had here is skipped as a whole, and it is said why.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINES, ensureEngine } from './engines.mjs';
import { ensurePackages } from './packages.mjs';
import { ensurePages } from './pages.mjs';
import { PlainError, ROOT, runMain, say } from './root.mjs';
import { closingLine, count } from './test-count.mjs';
import { vitest } from './vitest.mjs';

const TESTS = ['--project', 'e2e', 'e2e/engines'];

/** @typedef {import('./test-count.mjs').Counted} Counted */

await runMain(async () => {
  const words = process.argv.slice(2);
  const unknown = words.filter((word) => !ENGINES.includes(word));
  if (unknown.length > 0) throw new PlainError(`No engine ${unknown.join()}: ${ENGINES.join(', ')}.`);
  await ensurePackages('all');
  await ensurePages();

  /** @type {Map<string, Counted>} */
  const counts = new Map();
  for (const engine of words.length > 0 ? words : ENGINES) {
    say(`\n${engine}`);
    const obstacle = ensureEngine(engine);
    counts.set(engine, obstacle === undefined ? await run(engine) : skip(engine, obstacle));
  }
  process.stdout.write('\n');
  for (const [engine, counted] of counts) {
    for (const fault of counted.faults) say(`${engine}: ${fault}`);
    process.stdout.write(`${engine}: ${closingLine(counted)}\n`);
  }
  return [...counts.values()].every(({ failed }) => failed === 0) ? 0 : 1;
});

/**
 * @param {string} engine
 * @returns {Promise<Counted>}
 */
async function run(engine) {
  const folder = join(ROOT, 'node_modules/.cache');
  mkdirSync(folder, { recursive: true });
  const record = join(folder, `parvis-engine-${process.pid}.json`);
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${record}`];
  const code = await vitest([...TESTS, ...reporters], environmentOf(engine));
  const counted = count(record, code, (path) => readFileSync(path, 'utf8'));
  rmSync(record, { force: true });
  return counted;
}

/**
 * Counts the tests that would have run.
 * @param {string} engine
 * @param {string} obstacle
 * @returns {Counted}
 */
function skip(engine, obstacle) {
  const program = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const listed = execFileSync(process.execPath, [program, 'list', '--json', ...TESTS], {
    cwd: ROOT,
    env: environmentOf(engine),
    encoding: 'utf8',
  });
  const tests = JSON.parse(listed.slice(listed.indexOf('[')));
  return { passed: 0, failed: 0, skipped: tests.length, faults: [`NOT TRIED HERE, ${obstacle}`] };
}

/**
 * @param {string} engine
 * @returns {NodeJS.ProcessEnv}
 */
function environmentOf(engine) {
  return { ...process.env, PARVIS_ENGINE: engine };
}
