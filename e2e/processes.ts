import { readdirSync, readFileSync } from 'node:fs';

/** A process as the system tells of it. */
export interface RunningProcess {
  readonly pid: number;
  /** Program and arguments, each ended by a zero byte. */
  readonly commandLine: string;
}

/** The processes that answer to a description, and all their descendants, ancestors first. */
export function familyOf(isAncestor: (process: RunningProcess) => boolean): readonly RunningProcess[] {
  const parents = new Map<RunningProcess, number>();
  const found: RunningProcess[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [commandLine, stat] = [readProc(name, 'cmdline'), readProc(name, 'stat')];
    const one = { pid: Number(name), commandLine };
    parents.set(one, Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]));
    if (isAncestor(one)) found.push(one);
  }
  for (const ancestor of found)
    for (const [one, parent] of parents) if (parent === ancestor.pid && !found.includes(one)) found.push(one);
  return found;
}

/** SIGKILL: nothing is flushed, nothing is told to a page. */
export function endProcess({ pid }: Pick<RunningProcess, 'pid'>): void {
  signal(pid, 'SIGKILL');
}

/** SIGSTOP: it does nothing any more, and knows nothing of it. */
export function freezeProcess({ pid }: Pick<RunningProcess, 'pid'>): void {
  signal(pid, 'SIGSTOP');
}

function signal(pid: number, name: 'SIGKILL' | 'SIGSTOP'): void {
  try {
    process.kill(pid, name);
  } catch {
    // Its parent's death took it along.
    return;
  }
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It ended while the list was read.
    return '';
  }
}
