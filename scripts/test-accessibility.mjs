// `npm run test:accessibility`: the requirements on the tablet, T01 to T18, each by the tests that carry its number, on the built
// kiosk in a real browser. Ends with how many are met.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { isFaultTest } from './fault-tests.mjs';
import { ensurePackages } from './packages.mjs';
import { ensurePages } from './pages.mjs';
import { gatherRequirements, isMet } from './requirements.mjs';
import { ROOT, runMain, say } from './root.mjs';
import { vitest } from './vitest.mjs';

await runMain(async () => {
  await ensurePackages('all');
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PARVIS_EVERY_SIZE: '1' };
  const chromium = ensureChromium();
  if (chromium !== undefined) env['CHROMIUM_PATH'] = chromium;
  await ensurePages();

  const folder = join(ROOT, 'node_modules/.cache');
  mkdirSync(folder, { recursive: true });
  // Named one by one: what Vitest is told to leave out, it leaves out of no project.
  const specs = readdirSync(join(ROOT, 'e2e'))
    .map((name) => `e2e/${name}`)
    .filter((path) => path.endsWith('.spec.ts') && !isFaultTest(path));
  const record = join(folder, `parvis-requirements-${process.pid}.json`);
  await vitest(
    [
      '--project=e2e',
      '--project=node',
      '--testNamePattern=\\bT(0\\d|1[0-8])\\b',
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${record}`,
      ...specs,
      'scripts/installation-sheet.test.ts',
    ],
    env,
  );
  const { testResults } = JSON.parse(readFileSync(record, 'utf8'));
  rmSync(record, { force: true });

  const shown = gatherRequirements(testResults);
  for (const one of shown) {
    const { requirement, passed, failed } = one;
    if (isMet(one)) say(`${requirement}  met (${passed} ${passed === 1 ? 'test' : 'tests'})`);
    else
      say(`${requirement}  not met: ${failed.length > 0 ? failed.join('; ') : 'no test carries its number'}`);
  }
  const met = shown.filter(isMet).length;
  process.stdout.write(`\n${met} passed, ${shown.length - met} failed\n`);
  return met === shown.length ? 0 : 1;
});
