import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OrganisationId, PointId } from '../domain/ids.ts';
import { kioskOriginOf } from '../sync-server/addresses.ts';
import { SYSTEM_CLOCK } from '../sync-server/clock.ts';
import { type Config, readConfig } from '../sync-server/config.ts';
import { createEnrolmentCode, enrolmentLink } from '../sync-server/enrolment/codes.ts';
import { openData } from '../sync-server/open-data.ts';
import { createSignInLink } from '../sync-server/people/sign-in-links.ts';
import type { Store } from '../sync-server/store/store.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const READY_WITHIN_MS = 60_000;
const POLL_MS = 25;
/** A demonstration year is sent through the real push path before the start is over. */
const DEMO_READY_WITHIN_MS = 110_000;

/** The real server, in a process of its own as `npm start` runs it, on a data directory of its own. */
export interface TestServer {
  /** Stays the same over restarts, so that a tablet finds its server again. */
  readonly origin: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything it has printed since its last start. */
  output(): string;
  /** SIGTERM; resolves with the exit code and how long it took. */
  stop(): Promise<{ readonly code: number | null; readonly tookMs: number }>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and the same data. */
  start(): Promise<void>;
  /** What `npm run enrol` does, without a process for each: a fresh one-time code, to be typed or opened. */
  createEnrolment(pointId?: string): Promise<{ readonly code: string; readonly url: string }>;
  /** What `npm run sign-in-link` does: a fresh one-time address of the web view. */
  createSignInLink(email?: string): Promise<string>;
  /** Stops it and removes its data. */
  dispose(): Promise<void>;
}

/** Where most tests put their tablet. */
export const POINT_ID = 'accueil-hotel-de-ville';
export const EMAIL = 'qualite@libourne.example';

/** Starts a server and waits until it is ready. */
export async function startServer(
  options: {
    readonly isDemo?: boolean;
    /** Keeps the town's own opening hours. */
    readonly closes?: boolean;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<TestServer> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'parvis-e2e-data-'));
  const townFile = join(dataDir, 'town.json');
  // Whatever the hour the tests run at, it is not out of hours. A demonstration makes its visits within the hours that are published.
  const neverCloses = options.isDemo !== true && options.closes !== true;
  if (neverCloses) await writeFile(townFile, await townThatNeverCloses());
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'error',
    ADMIN_EMAIL: EMAIL,
    ...(neverCloses && { TOWN_FILE: townFile }),
    ...options.env,
  };
  // Browsers treat localhost by name as secure: service workers and secure cookies work there.
  const origin = `http://localhost:${port}`;
  let child: ChildProcess | null = null;
  let said: string[] = [];

  async function start(): Promise<void> {
    said = [];
    const words = ['scripts/start.mjs', ...(options.isDemo === true ? ['--demo'] : [])];
    const started = spawn(process.execPath, words, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
    const withinMs = options.isDemo === true ? DEMO_READY_WITHIN_MS : READY_WITHIN_MS;
    const deadline = performance.now() + withinMs;
    while (!(await isReady(origin))) {
      if (started.exitCode !== null || performance.now() > deadline) {
        await end('SIGKILL');
        throw new Error(`The server did not get ready:\n${said.join('')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const ended = child;
    child = null;
    if (ended === null || ended.exitCode !== null || ended.signalCode !== null)
      return ended?.exitCode ?? null;
    const exited = once(ended, 'exit');
    ended.kill(signal);
    await exited;
    return ended.exitCode;
  }

  /** Works on the data beside the server, as the commands of `sync-server/cli/` do. */
  async function onData<Made>(work: (store: Store, config: Config) => Promise<Made>): Promise<Made> {
    const config = readConfig(env);
    if (!config.ok) throw new Error(config.error.join('\n'));
    const store = await openData(config.value, SYSTEM_CLOCK);
    try {
      return await work(store, config.value);
    } finally {
      await store.close();
    }
  }

  await start();
  return {
    origin,
    dataDir,
    start,
    get pid() {
      return child?.pid ?? Number.NaN;
    },
    output: () => said.join(''),
    stop: async () => {
      const startedAt = performance.now();
      const code = await end('SIGTERM');
      return { code, tookMs: performance.now() - startedAt };
    },
    kill: async () => {
      await end('SIGKILL');
    },
    createEnrolment: (pointId = POINT_ID) =>
      onData(async (store, config) => {
        const { organisation_id } = await store.db
          .selectFrom('points')
          .select('organisation_id')
          .where('point_id', '=', pointId)
          .executeTakeFirstOrThrow();
        const made = await createEnrolmentCode(store, SYSTEM_CLOCK, {
          organisationId: organisation_id as OrganisationId,
          pointId: pointId as PointId,
        });
        if (!made.ok) throw new Error(`There is no point ${pointId}.`);
        const { code, linkSecret } = made.value;
        return { code, url: enrolmentLink(kioskOriginOf(config), linkSecret) };
      }),
    createSignInLink: (email = EMAIL) =>
      onData(async (store, config) => {
        const { url } = await createSignInLink({ store, clock: SYSTEM_CLOCK, config }, { email });
        return url;
      }),
    dispose: async () => {
      await end('SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function townThatNeverCloses(): Promise<string> {
  const spans = [{ from: '00:00', to: '24:00' }];
  const weekly = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, spans]));
  const text = await readFile(join(ROOT, 'sync-server/surveys/libourne.json'), 'utf8');
  return JSON.stringify(
    JSON.parse(text, (name, value: unknown) => (name === 'openingHours' ? { weekly } : value)),
  );
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
