import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHerdTablet, drain, type HerdTablet } from './herd/drain.ts';
import { countStored } from './herd/count-stored.ts';
import { createEnrolmentCodes } from './ingest/enrolment-codes.ts';
import { enrolLoadTablet } from './ingest/load-tablet.ts';
import { quantile, rounded } from './quantiles.ts';
import { type ParvisServer, runCli, startParvis } from './server/parvis-server.ts';
import { judge, type Measured } from './targets.ts';

const TABLETS = 1_000;
const ENTRIES = 500;
/** Making the texts takes this process more time than opening them takes the server; it shares the machine with it. */
const SEALED_EVERY = 50;
const WITHIN_MS = 1_500_000;

/**
 * Every tablet of a conurbation has a day's answers and gets its network back at the same instant. Each runs the sync that ships; the server may
 * send it away, and must say for how long. At the end the store holds each answer once, and a recount finds no difference.
 */
export async function run(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-bench-herd-'));
  let server: ParvisServer | null = null;
  try {
    const dataDir = join(folder, 'parvis');
    const codes = await createEnrolmentCodes({ dataDir, databaseUrl: null }, TABLETS);
    server = await startParvis(dataDir);
    const herd: HerdTablet[] = [];
    for (const code of codes)
      herd.push(createHerdTablet(await enrolLoadTablet(server.origin, code, SEALED_EVERY)));
    for (const { queue } of herd) await queue.give(ENTRIES);

    const { seconds, requests, latenciesMs, refusals, surprises, impatient } = await drain(
      server.origin,
      herd,
      WITHIN_MS,
    );
    const serverRssMb = server.peakRssMb();
    await server.stop();
    await runCli(server.env, ['recount']);
    const { answers, twice, quarantined } = countStored(dataDir);
    for (const [what, count] of surprises) process.stderr.write(`${count} × ${what}\n`);
    return judge(
      {
        tablets: TABLETS,
        entriesPerTablet: ENTRIES,
        drainSeconds: rounded(seconds),
        lost: TABLETS * ENTRIES - answers - quarantined,
        twice,
        quarantined,
        serverRssMb: rounded(serverRssMb),
        requests,
        refusals,
        otherFailures: [...surprises.values()].reduce((sum, count) => sum + count, 0),
        impatient,
        requestP50Ms: rounded(quantile(latenciesMs, 0.5)),
        requestP99Ms: rounded(quantile(latenciesMs, 0.99)),
        slowestRequestMs: rounded(latenciesMs.reduce((most, one) => Math.max(most, one), 0)),
      },
      {
        lost: { atMost: 0 },
        twice: { atMost: 0 },
        quarantined: { atMost: 0 },
        serverRssMb: { atMost: 300 },
        otherFailures: { atMost: 0 },
        impatient: { atMost: 0 },
        slowestRequestMs: { atMost: 10_000 },
      },
    );
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
