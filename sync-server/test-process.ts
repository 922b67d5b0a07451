import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** Builds the server as `npm start` does. */
const LOADER = new URL('../scripts/server.mjs', import.meta.url).href;
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WEB_ROOT = fileURLToPath(new URL('../dist/web', import.meta.url));
const READY_MS = 60_000;

/** A server in a process of its own, as `npm start` runs it, for tests that kill it. */
export interface ServerProcess {
  readonly child: ChildProcess;
  /** Where it listens: `http://127.0.0.1:port`. */
  readonly origin: string;
  /** The start screen. */
  readonly screen: string;
  /** Resolves with the exit code, null when it was killed. */
  readonly ended: Promise<number | null>;
}

/** What a process said before it ended. */
export interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts it on a free port, unless `PORT` says otherwise, and waits until its screen is printed. */
export async function startProcess(
  env: Readonly<Record<string, string>>,
  argv: readonly string[] = [],
): Promise<ServerProcess> {
  return holdProcess(env, argv).start();
}

/** A process that has loaded everything and touches nothing until it is called: loading is most of a start. */
export function holdProcess(
  env: Readonly<Record<string, string>>,
  argv: readonly string[] = [],
): { readonly child: ChildProcess; start(): Promise<ServerProcess> } {
  const { child, output, ended } = launch({ PORT: '0', ...env }, argv);
  const start = async (): Promise<ServerProcess> => {
    child.stdin.write('go\n');
    const deadline = Date.now() + READY_MS;
    // « Data » is the last thing printed.
    while (!/Data +\S+\n/.test(output.stdout)) {
      if (child.exitCode !== null || Date.now() > deadline)
        throw new Error(`The server did not start: ${output.stderr || output.stdout}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const [, port] = /http:\/\/[^/]+:(\d+)\/kiosk\//.exec(output.stdout) ?? [];
    return { child, origin: `http://127.0.0.1:${port}`, screen: output.stdout, ended };
  };
  return { child, start };
}

/** A port of loopback nobody listens on just now: for a server that comes back where its tablets look for it. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** A module of the server as `npm start` runs it. */
export async function importBuilt<Module>(path: string): Promise<Module> {
  const { importServer } = (await import(LOADER)) as { importServer(path: string): Promise<Module> };
  return importServer(path);
}

/** Starts it where it is expected not to start, and waits for its end. */
export async function runProcess(
  env: Readonly<Record<string, string>>,
  argv: readonly string[] = [],
): Promise<Ending> {
  const { child, output, ended } = launch({ PORT: '0', ...env }, argv);
  child.stdin.write('go\n');
  const code = await ended;
  return { code, ...output };
}

function launch(env: Readonly<Record<string, string>>, argv: readonly string[]) {
  const script = `
    const { importServer } = await import(${JSON.stringify(LOADER)});
    const { main } = await importServer('sync-server/main');
    await new Promise((resolve) => process.stdin.once('data', resolve));
    process.stdin.destroy();
    await main(${JSON.stringify(argv)}, process.env, ${JSON.stringify(WEB_ROOT)});`;
  const words = [
    '--max-semi-space-size=16',
    '--heap-growing-percent=200',
    '--input-type=module',
    '-e',
    script,
  ];
  const child = spawn(process.execPath, words, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, output, ended };
}
