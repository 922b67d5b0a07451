import { execFile } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LOW_PRIORITY } from '../../sync-server/exports/responses/run-export.ts';
import type { StoredWeeks } from '../weekly/stored-week.ts';

const PEER = fileURLToPath(new URL('peer.ts', import.meta.url));

/** How long it took, and the most memory it held. */
export interface Run {
  readonly ms: number;
  readonly peakRssMb: number;
  /** Processor time, of all its threads. */
  readonly cpuMs: number;
}

export type PeerName = 'reading' | 'csvStringify' | 'csvStringifyExport' | 'exceljs' | 'duckdb';

/** Runs a peer alone in a process of its own, that comes after others as an export does: on a busy machine each has the same share of it. */
export async function runPeer(
  name: PeerName,
  { dataDir, databaseUrl }: StoredWeeks,
  rows: number,
): Promise<Run> {
  const running = promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    PEER,
    name,
    dataDir,
    databaseUrl ?? '',
    String(rows),
  ]);
  if (running.child.pid !== undefined) setPriority(running.child.pid, LOW_PRIORITY);
  return JSON.parse((await running).stdout) as Run;
}
