import { type ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { PlainFault } from '../plain-fault.ts';
import { programme } from '../programme.ts';
import type { BackupRequest, FinishedBackup } from './take-backup.ts';

const PROGRAMME = programme('copy-process', import.meta.url);
/** Visitors come first. */
const LOW_PRIORITY = 10;

/**
 * Takes a backup in a process of its own.
 *
 * @throws PlainFault in the process's own words when there is none
 */
export async function runCopy(request: BackupRequest): Promise<FinishedBackup> {
  const child = spawn(process.execPath, [...PROGRAMME, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) lower(child.pid);
  const [said, complained] = [textOf(child.stdout), textOf(child.stderr)];
  const code = await endOf(child);
  if (code !== 0)
    throw new PlainFault((await complained).trim() || `The backup’s process ended with ${String(code)}.`);
  return JSON.parse(await said) as FinishedBackup;
}

function lower(pid: number): void {
  try {
    setPriority(pid, LOW_PRIORITY);
  } catch (error) {
    // It has ended already, or this account may not: then it runs as everybody else does.
    if (!(error instanceof Error)) throw error;
  }
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
