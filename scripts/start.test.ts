import { spawn, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ROOT } from './root.mjs';

/** `npm start` and `npm run enrol`, with npm as the parent, on a copy of the repository with a stand-in for the server. */
const SERVER = `
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { WORD } from './word.ts';
export async function main(argv: string[], env: NodeJS.ProcessEnv, webRoot: string): Promise<void> {
  const server = createServer((_, reply) => reply.end('here'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { user, system } = process.cpuUsage();
  console.log('serving', JSON.stringify({ word: WORD, pid: process.pid, argv, place: env['DATA_DIR'], webRoot, cpuMs: (user + system) / 1000 }));
  process.on('SIGUSR2', async () => {
    const { LATE } = await import('./late.ts');
    console.log('late', LATE);
  });
  process.on('SIGTERM', () => {
    writeFileSync('stopped', 'by SIGTERM');
    server.close();
  });
}
`;
const COMMAND = `
export async function main(argv: string[]): Promise<number> {
  console.log(JSON.stringify({ argv }));
  return 3;
}
`;
/** Two cores, and other tests on them. */
const SLOW_MS = 60_000;
let copy = '';
const started: ChildProcess[] = [];

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'parvis-start-'));
  for (const path of ['scripts', 'package.json', 'package-lock.json', 'tsconfig.base.json']) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  mkdirSync(join(copy, 'sync-server/cli'), { recursive: true });
  mkdirSync(join(copy, 'kiosk'));
  writeFileSync(join(copy, 'sync-server/main.ts'), SERVER);
  writeServer('first');
  writeFileSync(join(copy, 'sync-server/cli/enrol.ts'), COMMAND);
  writeFileSync(join(copy, 'kiosk/index.html'), '<p>a page</p>');
  writeFileSync(
    join(copy, 'vite.config.ts'),
    `export default { build: { rolldownOptions: { input: 'kiosk/index.html' } } };\n`,
  );
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(join(copy, 'stopped'), { force: true });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function npm(...words: string[]) {
  const child = spawn('npm', words, { cwd: copy, env: { ...process.env, DATA_DIR: '/somewhere' } });
  started.push(child);
  const printed = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (printed.out += chunk));
  child.stderr.on('data', (chunk) => (printed.err += chunk));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const serving = async () =>
    vi.waitFor(() => expect(printed.out).toContain('serving'), { timeout: SLOW_MS });
  return { child, printed, ended, serving };
}

/** What the stand-in is made of beside its first file, of which it loads the second when it is told to. */
function writeServer(word: string): void {
  writeFileSync(join(copy, 'sync-server/word.ts'), `export const WORD: string = '${word}';`);
  writeFileSync(join(copy, 'sync-server/late.ts'), `export const LATE: string = '${word} late';`);
}

describe('npm start', { timeout: 3 * SLOW_MS }, () => {
  it('builds the pages once, hands its words and its environment to the server, and is quick the second time', async () => {
    const first = npm('start', '--', '--demo');
    await first.serving();
    expect(first.printed.err).toContain('Building the pages');
    expect(first.printed.err).toContain('Building the server');
    expect(first.printed.out).toMatch(/"word":"first","pid":\d+,"argv":\["--demo"\],"place":"\/somewhere"/);
    expect(first.printed.out).toContain(`"webRoot":"${join(copy, 'dist/web')}"`);
    first.child.kill('SIGTERM');
    await first.ended;

    const second = npm('start');
    await second.serving();
    // Processor time: other tests run beside this one.
    expect(Number(/"cpuMs":([\d.]+)/.exec(second.printed.out)?.[1])).toBeLessThan(1500);
    expect(second.printed.err).not.toContain('Building');
    second.child.kill('SIGTERM');
    await second.ended;
  });

  it('builds again when a source has changed', async () => {
    writeFileSync(join(copy, 'kiosk/index.html'), '<p>another page</p>');
    const { serving, printed, child, ended } = npm('start');
    await serving();
    expect(printed.err).toContain('Building the pages');
    child.kill('SIGTERM');
    await ended;
  });

  it('builds the server again beside the one that runs, which goes on from its own build', async () => {
    const former = npm('start');
    await former.serving();
    writeServer('second');
    const next = npm('start');
    await next.serving();
    expect(next.printed.out).toContain('"word":"second"');
    process.kill(Number(/"pid":(\d+)/.exec(former.printed.out)?.[1]), 'SIGUSR2');
    await vi.waitFor(() => expect(former.printed.out).toContain('late first late'), { timeout: SLOW_MS });
    for (const { child, ended } of [former, next]) {
      child.kill('SIGTERM');
      await ended;
    }
    // Of a build that was cut off.
    mkdirSync(join(copy, 'dist/server/0123456789ab.begun'));
    writeServer('third');
    const last = npm('run', 'build');
    await last.ended;
    const builds = readdirSync(join(copy, 'dist/server'));
    expect(builds).toHaveLength(2);
    expect(builds.join()).not.toContain('begun');
  });

  it('says what is wrong with a server that does not build, exits 1, and builds it when it is put right', async () => {
    writeFileSync(join(copy, 'sync-server/word.ts'), `export const WORD = ;`);
    const broken = npm('start');
    expect(await broken.ended).toBe(1);
    expect(broken.printed.err).toContain('The server could not be built');
    expect(broken.printed.err).toContain('word.ts');
    writeServer('mended');
    const { serving, printed, child, ended } = npm('start');
    await serving();
    expect(printed.out).toContain('"word":"mended"');
    child.kill('SIGTERM');
    await ended;
  });

  it('hands the SIGTERM that npm receives to the server, and ends when the server has stopped', async () => {
    const { serving, child, ended } = npm('start');
    await serving();
    child.kill('SIGTERM');
    await ended;
    expect(existsSync(join(copy, 'stopped'))).toBe(true);
  });

  it('stops the server when npm is killed outright', async () => {
    const { serving, child } = npm('start');
    await serving();
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(existsSync(join(copy, 'stopped'))).toBe(true), { timeout: SLOW_MS });
  });

  it('says what is wrong with a page that does not build, and exits 1', async () => {
    writeFileSync(join(copy, 'kiosk/index.html'), '<script type="module" src="./absent.ts"></script>');
    const { ended, printed } = npm('start');
    expect(await ended).toBe(1);
    expect(printed.err).toContain('The page of kiosk/ could not be built');
    expect(printed.err).toContain('absent.ts');
  });
});

describe('npm run enrol', { timeout: SLOW_MS }, () => {
  it('keeps standard output for the result and hands on the exit code', async () => {
    const { ended, printed } = npm('run', '--silent', 'enrol', '--', '--point', 'p', '--json');
    expect(await ended).toBe(3);
    expect(printed.out).toBe('{"argv":["--point","p","--json"]}\n');
  });

  it('names the commands there are when it knows none of that name', async () => {
    const { ended, printed } = npm('run', '--silent', 'recount');
    expect(await ended).toBe(1);
    expect(printed.err).toContain('There are: enrol.');
  });
});
