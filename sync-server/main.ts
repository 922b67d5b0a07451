import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { createApp } from './app.ts';
import type { AppDeps } from './app-deps.ts';
import { copySealingKeys } from './assignment/rotate-sealing-key.ts';
import { openSealingKeys } from './assignment/sealing-keys.ts';
import { noteFailedBackup } from './backup/note-backup.ts';
import { runCopy } from './backup/run-copy.ts';
import { scheduleBackups } from './backup/schedule-backups.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import { type Config, readConfig } from './config.ts';
import { openMailer } from './mail/send-mail.ts';
import { openData } from './open-data.ts';
import { PlainFault } from './plain-fault.ts';
import { replayErasures } from './retention/erasure-journal.ts';
import { startScreen } from './start-screen.ts';
import type { Store } from './store/store.ts';
import { readTlsFiles } from './tls-files.ts';
import { scheduleThemes } from './verbatims/schedule-themes.ts';
import { scheduleWeeklyLetters } from './weekly-mail/schedule-weekly.ts';

/** What still runs when this is over is cut: the service manager will not wait much longer. */
const DRAIN_MS = 4_000;
const USAGE = 'npm start [-- --demo]';

/**
 * `npm start`: from the environment to a serving Parvis. A fault somebody can put right is printed plainly and ends the process with 1.
 *
 * @param webRoot the folder of the built pages
 */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv, webRoot: string): Promise<void> {
  try {
    await serve(argv, env, webRoot);
  } catch (error) {
    if (!(error instanceof PlainFault)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function serve(argv: readonly string[], env: NodeJS.ProcessEnv, webRoot: string): Promise<void> {
  const isDemo = readArguments(argv);
  const config = readConfig(env);
  if (!config.ok)
    throw new PlainFault(
      `The configuration is wrong:\n${config.error.map((line) => `  ${line}`).join('\n')}`,
    );
  if (config.value.tls !== null) readTlsFiles(config.value.tls);
  const store = await openData(config.value, SYSTEM_CLOCK);
  try {
    const deps: AppDeps = {
      store,
      clock: SYSTEM_CLOCK,
      config: config.value,
      sealingKeys: openSealingKeys(config.value.dataDir, SYSTEM_CLOCK),
      webRoot,
    };
    await replayErasures(store, SYSTEM_CLOCK, config.value.dataDir);
    if (isDemo) await addDemonstration(deps);
    const app = await createApp(deps);
    await secureKeys(deps);
    const callOffs = [
      scheduleBackups({ ...deps, copy: runCopy, log: app.log }),
      scheduleLetters(deps, app),
      scheduleThemes({ ...deps, log: app.log }),
    ];
    stopOnSignal(app, store, () => {
      for (const callOff of callOffs) callOff();
    });
    await listen(app, config.value);
    const { port } = app.server.address() as AddressInfo;
    process.stdout.write(await startScreen(deps, port));
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Where no mail server is set, nobody is written to. */
function scheduleLetters(deps: AppDeps, { log }: FastifyInstance): () => void {
  const mailer = openMailer(deps.config.mail);
  if (mailer === null) return () => undefined;
  const callOff = scheduleWeeklyLetters({ ...deps, mailer, log });
  return () => {
    callOff();
    mailer.close();
  };
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw plainListenFault(error, host, port);
  }
}

function plainListenFault(error: unknown, host: string, port: number): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new PlainFault(
        `Port ${port} of ${host} is in use: another Parvis, or another service. Stop it, or set PORT.`,
      );
    case 'EACCES':
      return new PlainFault(`This account may not listen on port ${port}. Set PORT to 1024 or more.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new PlainFault(`HOST ${host} is not an address of this machine.`);
    default:
      return error;
  }
}

/** On SIGTERM or SIGINT: takes no more, finishes what it is doing, writes the log into the database, ends. */
function stopOnSignal(app: FastifyInstance, store: Store, callOff: () => void): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    callOff();
    const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
    await app.close();
    clearTimeout(cut);
    // The last connection to close writes the log back into the database file.
    await store.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}

/** A first key is copied apart before any tablet seals to it. Where it cannot be, answers are still taken, and the start screen says so. */
async function secureKeys({ store, clock, config }: AppDeps): Promise<void> {
  if (config.backup.keysDir === null) return;
  try {
    copySealingKeys(config.dataDir, config.backup.keysDir);
  } catch (error) {
    if (!(error instanceof PlainFault)) throw error;
    await noteFailedBackup(store, clock.now(), error.message);
  }
}

async function addDemonstration(deps: AppDeps): Promise<void> {
  const { addDemo } = await import('./demo/add-demo.ts');
  await addDemo(deps);
}

function readArguments(argv: readonly string[]): boolean {
  try {
    return parseArgs({ args: [...argv], options: { demo: { type: 'boolean' } } }).values.demo === true;
  } catch (error) {
    if (error instanceof TypeError) throw new PlainFault(`${error.message}\n${USAGE}`);
    throw error;
  }
}
