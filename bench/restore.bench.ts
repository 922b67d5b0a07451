import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHerdTablet, drain, type HerdTablet } from './herd/drain.ts';
import { countStored } from './herd/count-stored.ts';
import { createEnrolmentCodes } from './ingest/enrolment-codes.ts';
import { enrolLoadTablet } from './ingest/load-tablet.ts';
import { rounded } from './quantiles.ts';
import { type ParvisServer, runCli, startParvis } from './server/parvis-server.ts';
import { judge, type Measured } from './targets.ts';

const TABLETS = 50;
const BEFORE = 2_000;
const AFTER = 400;
const WITHIN_MS = 600_000;
const KEYS = 'sealing-keys.json';

/**
 * A town's server is backed up beside its work, takes more answers, and is lost with its data directory. The backup is restored on a new one;
 * the tablets, whose sync is the one that ships, bring back what it lacks. At the end each answer is there once.
 */
export async function run(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-bench-restore-'));
  let server: ParvisServer | null = null;
  try {
    const dataDir = join(folder, 'parvis');
    const codes = await createEnrolmentCodes({ dataDir, databaseUrl: null }, TABLETS);
    server = await startParvis(dataDir);
    const herd: HerdTablet[] = [];
    for (const code of codes) herd.push(createHerdTablet(await enrolLoadTablet(server.origin, code)));
    for (const { queue } of herd) await queue.give(BEFORE);
    await drain(server.origin, herd, WITHIN_MS);

    const [backupMs, backedUp] = await timed(server.env, [
      'backup',
      '--to',
      join(folder, 'backups'),
      '--json',
    ]);
    const { file, rows, bytes } = JSON.parse(backedUp) as {
      file: string;
      rows: Record<string, number>;
      bytes: number;
    };
    for (const { queue } of herd) await queue.give(AFTER);
    await drain(server.origin, herd, WITHIN_MS);
    await server.stop();
    copyFileSync(join(dataDir, KEYS), join(folder, KEYS));
    rmSync(dataDir, { recursive: true });

    const [restoreMs, restored] = await timed(server.env, ['restore', '--from', file, '--json']);
    const { responses, differences } = JSON.parse(restored) as { responses: number; differences: number };
    mkdirSync(dataDir, { recursive: true });
    copyFileSync(join(folder, KEYS), join(dataDir, KEYS));
    server = await startParvis(dataDir);
    const { storeId } = (await (await fetch(`${server.origin}/health/ready`)).json()) as { storeId: string };
    const { seconds } = await drain(server.origin, herd, WITHIN_MS, () =>
      herd.every(({ known }) => known.storeId === storeId),
    );
    await server.stop();
    await runCli(server.env, ['recount']);
    const { answers, twice, texts } = countStored(dataDir);
    const sent = TABLETS * (BEFORE + AFTER);
    return judge(
      {
        rowsBackedUp: Object.values(rows).reduce((sum, count) => sum + count, 0),
        backupMb: rounded(bytes / 2 ** 20),
        backupSeconds: rounded(backupMs / 1_000),
        restoreSeconds: rounded(restoreMs / 1_000),
        rowsRestored: responses,
        differences,
        reofferSeconds: rounded(seconds),
        rowsReoffered: answers - responses,
        lost: sent - answers,
        twice,
        textsLost: sent / 10 - texts,
      },
      {
        differences: { atMost: 0 },
        lost: { atMost: 0 },
        twice: { atMost: 0 },
        textsLost: { atMost: 0 },
        reofferSeconds: { atMost: 300 },
      },
    );
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long a command takes, its own start included, and its last line. */
async function timed(env: NodeJS.ProcessEnv, words: readonly string[]): Promise<[number, string]> {
  const started = performance.now();
  const line = await runCli(env, words);
  return [performance.now() - started, line];
}
