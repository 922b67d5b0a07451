import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withLock } from './lock.mjs';
import { PlainError, ROOT, say } from './root.mjs';

/**
 * `run` is what the server and the build need; `all` adds the tools of the checks and the tests.
 * @typedef {'run' | 'all'} Scope
 */

const LOCK = join(ROOT, 'package-lock.json');
const MARKER = join(ROOT, 'node_modules/.parvis-packages.json');
/** Written by npm itself: what it really put in node_modules. */
const INSTALLED = join(ROOT, 'node_modules/.package-lock.json');
const STILL_WORKING_MS = 30_000;

/**
 * Refuses a Node this project is not made for, then makes node_modules what package-lock.json says.
 * Costs a few milliseconds when nothing has changed.
 * @param {Scope} scope
 */
export async function ensurePackages(scope) {
  checkNodeVersion();
  if (isMarked(scope)) return;
  await withLock('installation', async () => {
    if (isMarked(scope)) return;
    const held = scopeHeld();
    if (held !== 'all' && held !== scope) await install(scope, held);
    mark(scopeHeld() ?? scope);
  });
}

/** Throws a plain message when `engines.node` of package.json does not allow this Node. */
function checkNodeVersion() {
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.node;
  if (!satisfies(process.versions.node, wanted)) {
    throw new PlainError(`Parvis needs Node ${wanted}; this is ${process.version}.`);
  }
}

/**
 * Understands the two forms `engines` uses here, `^a.b.c` and `>=a.b.c`, joined by `||`.
 * @param {string} version
 * @param {string} range
 */
export function satisfies(version, range) {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return range.split('||').some((part) => {
    const match = /^(\^|>=)(\d+)\.(\d+)\.(\d+)$/.exec(part.trim());
    if (!match) throw new Error(`cannot read the Node range "${part.trim()}"`);
    const [wantedMajor = 0, wantedMinor = 0, wantedPatch = 0] = match.slice(2).map(Number);
    if (match[1] === '^' && major !== wantedMajor) return false;
    if (major !== wantedMajor) return major > wantedMajor;
    if (minor !== wantedMinor) return minor > wantedMinor;
    return patch >= wantedPatch;
  });
}

/** @param {Scope} scope */
function isMarked(scope) {
  if (!existsSync(MARKER)) return false;
  const marker = JSON.parse(readFileSync(MARKER, 'utf8'));
  const isCurrent = marker.lock === lockDigest() && marker.runtime === runtime();
  return isCurrent && (marker.scope === 'all' || marker.scope === scope);
}

/** @param {Scope} scope */
function mark(scope) {
  mkdirSync(dirname(MARKER), { recursive: true });
  writeFileSync(MARKER, `${JSON.stringify({ lock: lockDigest(), runtime: runtime(), scope })}\n`);
}

function lockDigest() {
  return createHash('sha256').update(readFileSync(LOCK)).digest('hex');
}

/** SQLite is compiled for one Node interface: another Node needs another installation. */
function runtime() {
  return `${process.platform}-${process.arch}-${process.versions.modules}`;
}

/**
 * What node_modules holds now, judged by npm's own record, so that an installation made by hand is taken as it is.
 * @returns {Scope | undefined}
 */
function scopeHeld() {
  const driver = join(ROOT, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node');
  if (!existsSync(INSTALLED) || !existsSync(driver)) return undefined;
  const marked = existsSync(MARKER) ? JSON.parse(readFileSync(MARKER, 'utf8')).runtime : runtime();
  if (marked !== runtime()) return undefined;
  const wanted = JSON.parse(readFileSync(LOCK, 'utf8')).packages;
  const held = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages;
  /** @type {Scope} */
  let scope = 'all';
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || held[path]?.version === entry.version) continue;
    if (held[path] !== undefined) return undefined;
    if (entry.optional || entry.devOptional) continue;
    if (!entry.dev) return undefined;
    scope = 'run';
  }
  return scope;
}

/**
 * @param {Scope} scope
 * @param {Scope | undefined} held
 */
async function install(scope, held) {
  const isAddition = held === 'run';
  refuseBorrowed(join(ROOT, 'node_modules'));
  say(
    isAddition
      ? 'Installing the test tools …'
      : 'Installing packages (the first time takes about two minutes: SQLite is compiled on this machine) …',
  );
  const words = isAddition ? ['install', '--no-save', '--include=dev'] : ['ci'];
  if (!isAddition) words.push(scope === 'run' ? '--omit=dev' : '--include=dev');
  const started = performance.now();
  const { code, output } = await npm([...words, '--no-fund', '--no-audit', '--loglevel=warn']);
  if (code !== 0) throw new PlainError(failure(output));
  say(`Packages installed in ${Math.round((performance.now() - started) / 1000)} s.`);
}

/**
 * npm empties what it installs into. Packages that lie elsewhere belong to another checkout, which would be left without.
 * @param {string} folder
 */
export function refuseBorrowed(folder) {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return;
  throw new PlainError(
    `${folder} is a link to the packages of another checkout, which do not fit this one. Remove the link, then try again.`,
  );
}

/** @param {string[]} words */
function npm(words) {
  // Under `npm run`, npm tells where it lives; that also works where `npm` is not a program but a script.
  const own = process.env['npm_execpath'];
  const isNpm = own !== undefined && /npm-cli\.c?js$/.test(own);
  const [command, first] = isNpm ? [process.execPath, [own]] : ['npm', []];
  const env = { ...process.env, ...nodeHeaders() };
  /** @type {Promise<{ code: number, output: string }>} */
  const done = new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...words], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    const started = performance.now();
    const timer = setInterval(() => {
      say(`  … still installing (${Math.round((performance.now() - started) / 1000)} s)`);
    }, STILL_WORKING_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      resolve({ code: code ?? 1, output });
    });
  });
  return done;
}

/** Points the compilation at the C headers that came with this Node, where there are some: no download then. */
function nodeHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {};
}

/** @param {string} output */
function failure(output) {
  const lines = ['npm could not install the packages. Its last words:', ''];
  lines.push(...output.trimEnd().split('\n').slice(-25));
  if (/gyp|make|g\+\+|better-sqlite3/.test(output)) {
    lines.push('', 'SQLite is compiled here: Python 3, make and a C++ compiler must be present');
    lines.push('(Debian, Ubuntu: apt-get install -y python3 make g++).');
  }
  return lines.join('\n');
}
