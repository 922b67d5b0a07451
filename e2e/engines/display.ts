import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** A screen that nobody sees, for a browser that cannot do without one. */
export interface Display {
  /** What `DISPLAY` says. */
  readonly name: string;
  dispose(): Promise<void>;
}

/** Starts Xvfb on the first free number. */
export async function createDisplay(): Promise<Display> {
  const words = ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'];
  const xvfb = spawn('Xvfb', words, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  await once(xvfb, 'spawn');
  const [number] = (await once(xvfb.stdio[3] as Readable, 'data')) as [Buffer];
  return { name: `:${number.toString().trim()}`, dispose: () => stop(xvfb) };
}

/** SIGTERM, and waits for the end. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}
