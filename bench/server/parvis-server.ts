import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;
const POLL_MS = 25;

/** A server in a process of its own, on loopback. */
export interface ServerProcess {
  readonly origin: string;
  readonly pid: number;
  /** The most memory it has held so far, in MiB of 2²⁰ bytes; NaN where the system does not tell (it does on Linux). */
  peakRssMb(): number;
  /** Processor time it has used so far, of all its threads; NaN where the system does not tell. Steadier than a rate on a busy machine. */
  cpuMs(): number;
  /** SIGTERM, then SIGKILL to its number when it does not end. */
  stop(): Promise<void>;
}

/** Parvis as `npm start` runs it, with what its command-line tools need to be told. */
export interface ParvisServer extends ServerProcess {
  readonly env: NodeJS.ProcessEnv;
}

/** What `npm start` tells Node of the memory. */
export const MEMORY_WORDS = ['--max-semi-space-size=16', '--heap-growing-percent=200'];

/** Starts Parvis on a data directory, which may be fresh, and waits until it is ready. With `databaseUrl` the answers are in PostgreSQL. */
export async function startParvis(dataDir: string, databaseUrl: string | null = null): Promise<ParvisServer> {
  const port = await freePort();
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl ?? '',
    HOST: '127.0.0.1',
    PORT: String(port),
    PRINT_LINKS: 'no',
    LOG_LEVEL: 'error',
  };
  const server = await startServer([...MEMORY_WORDS, 'scripts/start.mjs'], env, `http://127.0.0.1:${port}`);
  return { ...server, env };
}

/**
 * Starts a server in Node and waits until `/health/ready` answers.
 *
 * @param words what follows `node`
 * @throws Error with the server's own words when it ends or is not ready within a minute
 */
export async function startServer(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  origin: string,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...profiling(), ...words], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!(await isReady(origin))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop(child);
      throw new Error(`The server of ${words.join(' ')} did not get ready:\n${said.join('')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const pid = child.pid ?? Number.NaN;
  return { origin, pid, peakRssMb: () => peakRssMb(pid), cpuMs: () => cpuMs(pid), stop: () => stop(child) };
}

/** What `npm run enrol -- --point … --json` prints. */
export interface Enrolment {
  readonly code: string;
  readonly url: string;
}

export async function createEnrolment({ env }: ParvisServer, pointId: string): Promise<Enrolment> {
  return JSON.parse(await runCli(env, ['enrol', '--point', pointId, '--json'])) as Enrolment;
}

/** The address that `npm run sign-in-link -- --email … --json` prints. */
export async function createSignInLink({ env }: ParvisServer, email: string): Promise<string> {
  const { url } = JSON.parse(await runCli(env, ['sign-in-link', '--email', email, '--json'])) as {
    url: string;
  };
  return url;
}

/**
 * Runs one of the command-line tools.
 *
 * @returns its last line
 * @throws Error when it ends with another code than 0
 */
export async function runCli(env: NodeJS.ProcessEnv, words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/run-cli.mjs', ...words], {
    cwd: ROOT,
    env,
  });
  return stdout.trimEnd().split('\n').at(-1) ?? '';
}

/** With `BENCH_PROFILE_DIR` each server leaves a CPU profile there: where the time went, when a target is missed. */
function profiling(): readonly string[] {
  const folder = process.env['BENCH_PROFILE_DIR'];
  return folder === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', folder];
}

/** A port of loopback nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function isReady(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/health/ready`)).ok;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const killer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  clearTimeout(killer);
}

function peakRssMb(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? Number.NaN : Number(kilobytes) / 1024;
}

/** The kernel counts in ticks of a hundredth of a second, whatever the machine (`man 5 proc`, USER_HZ). */
const TICK_MS = 10;

function cpuMs(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  // The name, second field, may hold anything: what follows its bracket begins with the state, third field.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
