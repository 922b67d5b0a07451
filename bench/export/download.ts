import { readFileSync } from 'node:fs';
import type { ParvisServer } from '../server/parvis-server.ts';
import { readAway } from './read-away.ts';

/** Looking takes time of the processors too. */
const SAMPLE_MS = 100;

/** What an export from a real server came to. */
export interface Download {
  readonly ms: number;
  /** The most that the server and the processes it has started held together. */
  readonly togetherPeakMb: number;
  /** The most that the process which writes the file held. */
  readonly writerPeakMb: number;
  readonly rows: number;
  readonly bytes: number;
}

/** An export of everything from a real server, read as fast as it comes. */
export async function downloadResponses(
  { origin, pid }: ParvisServer,
  cookie: string,
  file: string,
): Promise<Download> {
  let togetherPeakMb = 0;
  let writerPeakMb = 0;
  const sampler = setInterval(() => {
    const children = childrenOf(pid).map(rssMbOf);
    togetherPeakMb = Math.max(
      togetherPeakMb,
      children.reduce((sum, rss) => sum + rss, rssMbOf(pid)),
    );
    writerPeakMb = Math.max(writerPeakMb, ...children);
  }, SAMPLE_MS);
  try {
    const started = performance.now();
    const { status, headers, bytes, start } = await readAway(new URL(`${origin}/api/v1/exports/${file}`), {
      cookie,
    });
    if (status !== 200) throw new Error(`${file}: ${status} ${start}`);
    return {
      ms: performance.now() - started,
      togetherPeakMb,
      writerPeakMb,
      rows: Number(headers.get('x-parvis-rows')),
      bytes,
    };
  } finally {
    clearInterval(sampler);
  }
}

function childrenOf(pid: number): readonly number[] {
  if (process.platform !== 'linux') return [];
  // Node starts processes from its first thread.
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(' ').filter(Boolean).map(Number);
}

/** What it holds just now; NaN where the system does not tell. */
function rssMbOf(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    // It has ended since it was listed.
    return 0;
  }
}
