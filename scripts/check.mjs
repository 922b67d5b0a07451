// `npm run check`: everything that can be known without running the programme. Each step prints one line; what a
// failing step had to say follows it; the last lines name what failed.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages } from './packages.mjs';
import { ROOT, runMain } from './root.mjs';

const AT_ONCE = 2;
const PROJECTS = [
  'domain',
  'protocol',
  'kiosk',
  'kiosk/sw',
  'admin',
  'sync-server',
  'simulation',
  'scripts',
  'tsconfig.tests.json',
];
const LINTED = [
  'domain',
  'protocol',
  'kiosk',
  'admin',
  'sync-server',
  'simulation',
  'e2e',
  'bench',
  'scripts',
];

/** @typedef {{ name: string, program: string, words: string[] }} Step */

await runMain(async () => {
  await ensurePackages('all');
  /** @type {Step[]} */
  const steps = [
    ...PROJECTS.map((project) => ({
      name: `types of ${project}`,
      program: 'typescript/bin/tsc',
      words: ['-p', project],
    })),
    {
      name: 'lint',
      program: 'oxlint/bin/oxlint',
      words: ['--type-aware', ...LINTED, ...readdirSync(ROOT).filter((file) => file.endsWith('.config.ts'))],
    },
    { name: 'format', program: '@biomejs/biome/bin/biome', words: ['format', '--colors=off'] },
    ours('walls between the rooms', 'check-imports.mjs'),
    { name: 'dead code and unused packages', program: 'knip/bin/knip.js', words: ['--no-progress'] },
    ours('names in Markdown', 'check-markdown.mjs'),
    ours('French typography', 'check-typography.mjs'),
    ours('a reason for each package', 'check-reasons.mjs'),
    ours('documented environment', 'check-environment.mjs'),
    ours('the page of promises', 'check-promises.mjs'),
    ours('lock file', 'check-lock.mjs'),
  ];
  const failed = await runAll(steps);
  const verdict = failed.length === 0 ? 'Every check passes.' : `Failed: ${failed.join(', ')}.`;
  process.stdout.write(`\n${verdict}\n`);
  return failed.length === 0 ? 0 : 1;
});

/**
 * @param {string} name
 * @param {string} script
 * @returns {Step}
 */
function ours(name, script) {
  return { name, program: join(ROOT, 'scripts', script), words: [ROOT] };
}

/**
 * @param {Step[]} steps
 * @returns {Promise<string[]>} the names of those that failed
 */
async function runAll(steps) {
  /** @type {string[]} */
  const failed = [];
  const waiting = [...steps];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      if (!(await run(step))) failed.push(step.name);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return failed;
}

/**
 * @param {Step} step
 * @returns {Promise<boolean>}
 */
function run({ name, program, words }) {
  const path = program.startsWith(ROOT) ? program : join(ROOT, 'node_modules', program);
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: '1' };
    const child = spawn(process.execPath, [path, ...words], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
      process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name.padEnd(34)} ${seconds} s\n`);
      if (code !== 0) process.stdout.write(`${indent(output)}\n`);
      resolve(code === 0);
    });
  });
}

/** @param {string} text */
function indent(text) {
  return text.trimEnd().replace(/^/gm, '    ');
}
