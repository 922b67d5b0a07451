// `npm run test:conformance`: the tests that open a store, on SQLite and then on PostgreSQL. Ends with the count of each, which must be the
// same: `--json` prints it as one line, `--quick` takes those of every `npm test`, a path chooses files.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { conformanceFiles } from './conformance.mjs';
import { ensurePackages } from './packages.mjs';
import { ROOT, runMain, say } from './root.mjs';
import { closingLine, count } from './test-count.mjs';
import { vitest } from './vitest.mjs';

/** @typedef {import('./test-count.mjs').Counted} Counted */

await runMain(async () => {
  const words = process.argv.slice(2);
  const chosen = words.filter((word) => !word.startsWith('--'));
  const files = conformanceFiles(ROOT, !words.includes('--quick')).filter(
    (file) => chosen.length === 0 || chosen.some((part) => file.includes(part)),
  );
  await ensurePackages('all');
  const sqlite = await run('node', files);
  const postgres = await run('postgres', files);
  for (const fault of [...sqlite.faults, ...postgres.faults]) say(fault);
  const isMet =
    sqlite.passed > 0 && sqlite.passed === postgres.passed && sqlite.failed + postgres.failed === 0;
  process.stdout.write(
    words.includes('--json')
      ? `${JSON.stringify({ sqlite: numbersOf(sqlite), postgres: numbersOf(postgres), equal: isMet })}\n`
      : `\nSQLite: ${closingLine(sqlite)}\nPostgreSQL: ${closingLine(postgres)}\n`,
  );
  return isMet ? 0 : 1;
});

/**
 * @param {'node' | 'postgres'} project of vitest.config.ts
 * @param {readonly string[]} files
 * @returns {Promise<Counted>}
 */
async function run(project, files) {
  const folder = join(ROOT, 'node_modules/.cache');
  mkdirSync(folder, { recursive: true });
  const record = join(folder, `parvis-conformance-${process.pid}.json`);
  const code = await vitest(
    ['--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${record}`, ...files],
    { ...process.env, PARVIS_CONFORMANCE: 'whole' },
  );
  const counted = count(record, code, (path) => readFileSync(path, 'utf8'));
  rmSync(record, { force: true });
  return counted;
}

/** @param {Counted} counted */
function numbersOf({ passed, failed, skipped }) {
  return { passed, failed, skipped };
}
