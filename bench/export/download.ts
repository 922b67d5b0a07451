import { readdirSync, readFileSync } from 'node:fs';
import type { ParvisServer } from '../server/parvis-server.ts';
import type { Run } from './peers.ts';

const SAMPLE_MS = 50;

/** An export of everything from a real server, read as fast as it comes; the memory is that of the server and of the process that writes. */
export async function downloadResponses(
  { origin, pid }: ParvisServer,
  cookie: string,
  file: string,
): Promise<Run & { readonly serverPeakMb: number; readonly rows: number; readonly bytes: number }> {
  let peakRssMb = 0;
  let serverPeakMb = 0;
  const sampler = setInterval(() => {
    serverPeakMb = Math.max(serverPeakMb, rssMbOf(pid));
    peakRssMb = Math.max(
      peakRssMb,
      serverPeakMb,
      rssMbOf(pid) + childrenOf(pid).reduce((sum, child) => sum + rssMbOf(child), 0),
    );
  }, SAMPLE_MS);
  try {
    const started = performance.now();
    const reply = await fetch(`${origin}/api/v1/exports/${file}`, { headers: { cookie } });
    if (reply.status !== 200 || reply.body === null)
      throw new Error(`${file}: ${reply.status} ${await reply.text()}`);
    let bytes = 0;
    for await (const chunk of reply.body) bytes += (chunk as Uint8Array).length;
    return {
      ms: performance.now() - started,
      peakRssMb,
      serverPeakMb,
      rows: Number(reply.headers.get('x-parvis-rows')),
      bytes,
    };
  } finally {
    clearInterval(sampler);
  }
}

function childrenOf(pid: number): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync(`/proc/${pid}/task`).flatMap((task) => {
    try {
      return readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
        .trim()
        .split(' ')
        .filter(Boolean)
        .map(Number);
    } catch {
      // The thread has ended since it was listed.
      return [];
    }
  });
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
