// `npm run promises`: each promise of the product, the figure its tests have reached, and its target. Runs those tests, at small counts.
//   --from FILE   reads figures that a run has left (`npm run test:nightly` leaves them under node_modules/.cache/) in place of running
//   --nightly     runs the tests at their full counts: hours
//   --json        one line of JSON           --write   writes docs/promises.md and docs/promises.json
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureChromium } from './chromium.mjs';
import { ensurePackages } from './packages.mjs';
import { ensurePages } from './pages.mjs';
import { judgePromises, readFigures } from './promise-table.mjs';
import { promisesPage } from './promises-page.mjs';
import { PlainError, ROOT, runMain, say } from './root.mjs';
import { vitest } from './vitest.mjs';

/** Where a run leaves its figures unless `PARVIS_FIGURES` says otherwise. */
const FIGURES = join(ROOT, 'node_modules/.cache/parvis-figures.jsonl');
const SEEDS = 20_000;

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      nightly: { type: 'boolean' },
      json: { type: 'boolean' },
      write: { type: 'boolean' },
    },
  });
  await ensurePackages('all');
  const path = values.from ?? FIGURES;
  if (values.from === undefined) await runTests(path, values.nightly === true);
  if (!existsSync(path)) throw new PlainError(`There are no figures in ${path}.`);
  const lines = readFigures(readFileSync(path, 'utf8'));
  const byNight = lines.filter(({ isNightly }) => isNightly === true).length;
  /** @type {import('./promises-page.mjs').Counts} */
  const counts = byNight === 0 ? 'every run' : byNight === lines.length ? 'nightly' : 'mixed';
  if (!lines.some(({ figures }) => 'seeds' in figures)) {
    lines.push(...simulated(counts));
    writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }

  const rows = judgePromises(lines);
  if (values.write === true) {
    const machine = `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
    const run = { made: new Date().toISOString().slice(0, 10), counts, machine, rows };
    writeFileSync(join(ROOT, 'docs/promises.json'), `${JSON.stringify(run, null, 2)}\n`);
    writeFileSync(join(ROOT, 'docs/promises.md'), promisesPage(run));
  }
  for (const { promise, figure, target, met, control } of rows) {
    say(`${promise.padEnd(4)} ${met ? 'met    ' : 'not met'}  ${figure}   (${target})`);
    if (control !== null) say(`               control: ${control}`);
  }
  const bare = rows.map(({ promise, figure, target, met, control }) => ({
    promise,
    figure,
    target,
    met,
    control,
  }));
  if (values.json === true) process.stdout.write(`${JSON.stringify(bare)}\n`);
  return 0;
});

/**
 * @param {string} path
 * @param {boolean} isNightly
 */
async function runTests(path, isNightly) {
  const chromium = ensureChromium();
  await ensurePages();
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  const code = await vitest(
    [
      '--project=node',
      '--project=e2e',
      '--project=e2e-timed',
      '--testNamePattern=(^|\\s)T\\d+\\b',
      '--passWithNoTests',
    ],
    {
      ...process.env,
      PARVIS_FIGURES: path,
      ...(isNightly && { PARVIS_NIGHTLY: '1' }),
      ...(chromium !== undefined && { CHROMIUM_PATH: chromium }),
    },
    process.stderr,
  );
  // A failed test is in the figures, and in the table; what it says has been printed.
  if (code !== 0) say('Some tests failed.');
}

/**
 * T19: the simulator has a command of its own. What its mistakes come to takes the night.
 * @param {import('./promises-page.mjs').Counts} counts
 * @returns {import('./promise-table.mjs').Line[]}
 */
function simulated(counts) {
  const script = join(ROOT, 'scripts/simulate.mjs');
  const words = [script, '--seeds', String(SEEDS), '--json'];
  /** @param {...string} more */
  const run = (...more) => {
    const { stdout } = spawnSync(process.execPath, [...words, ...more], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 64 * 1_048_576,
    });
    const last = stdout.trimEnd().split('\n').at(-1) ?? '';
    return last.startsWith('{') ? JSON.parse(last) : null;
  };
  const [plain, mutated] = [run(), counts === 'every run' ? null : run('--mutations')];
  if (plain === null) return [];
  const failures = Array.isArray(plain.failures) ? plain.failures.length : plain.failures;
  return [
    {
      test: 'T19',
      isNightly: counts === 'nightly',
      figures: {
        seeds: plain.seeds,
        simulatedEntries: plain.entries,
        failures,
        ...(mutated !== null && { mutationsCaught: mutated.caught, mutationsTotal: mutated.total }),
      },
    },
  ];
}
