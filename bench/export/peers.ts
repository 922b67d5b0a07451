import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
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

/** Runs a peer alone in a process of its own. */
export async function runPeer(
  name: PeerName,
  { dataDir, databaseUrl }: StoredWeeks,
  rows: number,
): Promise<Run> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    PEER,
    name,
    dataDir,
    databaseUrl ?? '',
    String(rows),
  ]);
  return JSON.parse(stdout) as Run;
}
