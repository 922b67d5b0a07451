import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAMME = fileURLToPath(new URL('../../scripts/postgres-server.mjs', import.meta.url));

/** A PostgreSQL that is there until it is stopped. */
export interface RunningPostgres {
  /** Of a database that is always there, as an account that may make others. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of its own, in one to two seconds.
 *
 * @param folder where it keeps what it holds when it is stopped; without one nothing is left of it
 * @throws Error with its own words when it does not start
 */
export async function startPostgres(folder: string | null = null): Promise<RunningPostgres> {
  const words = folder === null ? [PROGRAMME] : [PROGRAMME, folder];
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  const output = { said: '', complained: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.complained += chunk.toString()));
  const ended = once(child, 'exit');
  while (!output.said.includes('\n')) {
    await Promise.race([once(child.stdout, 'data'), ended]);
    if (child.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${output.complained}`);
  }
  return {
    url: output.said.trim(),
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
