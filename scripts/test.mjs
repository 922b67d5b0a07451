// `npm test`: every test, on a checkout that may still be bare. Ends with the count alone on a line.
//   --unit      leaves the browser tests out      --nightly   more cases and more repetitions (PARVIS_NIGHTLY=1)
//   anything else is handed to Vitest: a path, -t "name", …
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensurePackages } from './packages.mjs';
import { ensurePages } from './pages.mjs';
import { ROOT, runMain, say } from './root.mjs';
import { closingLine, count } from './test-count.mjs';
import { vitest } from './vitest.mjs';

await runMain(async () => {
  const words = process.argv.slice(2);
  const isUnit = words.includes('--unit');
  const env = { ...process.env };
  if (words.includes('--nightly')) {
    env['PARVIS_NIGHTLY'] = '1';
    // For `npm run promises -- --from` this file.
    env['PARVIS_FIGURES'] ??= join(ROOT, 'node_modules/.cache/parvis-figures.jsonl');
    rmSync(env['PARVIS_FIGURES'], { force: true });
  }
  const handedOn = words.filter((word) => word !== '--unit' && word !== '--nightly');

  await ensurePackages('all');
  if (!isUnit) {
    const chromium = ensureChromium();
    if (chromium !== undefined) env['CHROMIUM_PATH'] = chromium;
    await ensurePages();
  }

  const folder = join(ROOT, 'node_modules/.cache');
  mkdirSync(folder, { recursive: true });
  const record = join(folder, `parvis-tests-${process.pid}.json`);
  const projects = isUnit ? ['--project', 'node', '--project', 'dom'] : [];
  const code = await vitest(
    [...projects, '--reporter=default', '--reporter=json', `--outputFile.json=${record}`, ...handedOn],
    env,
  );
  const counted = count(record, code, (path) => readFileSync(path, 'utf8'));
  rmSync(record, { force: true });
  for (const fault of counted.faults) say(fault);
  process.stdout.write(`\n${closingLine(counted)}\n`);
  return counted.failed === 0 ? 0 : 1;
});
