import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createEnrolmentCodes } from './ingest/enrolment-codes.ts';
import { type LoadResult, type PreparedPush, runLoad } from './ingest/load.ts';
import { type LoadTablet, enrolLoadTablet } from './ingest/load-tablet.ts';
import { quantile, rounded } from './quantiles.ts';
import {
  type ParvisServer,
  type ServerProcess,
  freePort,
  runCli,
  startParvis,
  startServer,
} from './server/parvis-server.ts';
import { type Measured, judge } from './targets.ts';

const CONNECTIONS = 32;
const ENTRIES_PER_PUSH = 50;
const WARM_UP_PUSHES = 6;
const PUSHES_PER_ROUND = 20;
const MEASURED_SECONDS = 10;
const MAX_ROUNDS = 30;

/**
 * Answers durably acknowledged a second. Every round makes its pushes first, then sends them to Parvis and the very same ones to a
 * server without rules, one after the other, until Parvis has been measured for ten seconds. At the end the store must hold
 * exactly what was acknowledged, and a recount must find no difference.
 */
export async function run(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-bench-ingest-'));
  const running: ServerProcess[] = [];
  try {
    const dataDir = join(folder, 'parvis');
    const codes = await createEnrolmentCodes(dataDir, CONNECTIONS);
    const parvis = await startParvis(dataDir);
    running.push(parvis);
    const bare = await startBareServer(join(folder, 'bare.sqlite'));
    running.push(bare);
    const tablets = await enrolTablets(parvis, codes);
    const sendRound = async (pushes: number): Promise<{ own: LoadResult; bare: LoadResult }> => {
      const connections = await prepareRound(tablets, pushes);
      return {
        own: await runLoad(parvis.origin, connections),
        bare: await runLoad(bare.origin, connections),
      };
    };

    const warmUp = await sendRound(WARM_UP_PUSHES);
    const cpuBefore = { own: parvis.cpuMs(), bare: bare.cpuMs() };
    const rounds: { own: LoadResult; bare: LoadResult }[] = [];
    while (secondsOf(rounds.map(({ own }) => own)) < MEASURED_SECONDS && rounds.length < MAX_ROUNDS)
      rounds.push(await sendRound(PUSHES_PER_ROUND));

    const own = rounds.map((round) => round.own);
    const thousands = acknowledgedIn(own) / 1_000;
    const cpuMsPer1000 = (parvis.cpuMs() - cpuBefore.own) / thousands;
    const bareCpuMsPer1000 = (bare.cpuMs() - cpuBefore.bare) / thousands;
    const peakRssMb = parvis.peakRssMb();
    await parvis.stop();
    await checkStore(parvis, [warmUp.own, ...own]);

    const latenciesMs = own.flatMap((result) => result.latenciesMs);
    const bareRate = rateOf(rounds.map((round) => round.bare));
    return judge(
      {
        responsesPerSecond: Math.round(rateOf(own)),
        bareResponsesPerSecond: Math.round(bareRate),
        ratioToBareServer: rounded(rateOf(own) / bareRate, 3),
        peakRssMb: rounded(peakRssMb),
        barePeakRssMb: rounded(bare.peakRssMb()),
        cpuMsPer1000Responses: rounded(cpuMsPer1000),
        bareCpuMsPer1000Responses: rounded(bareCpuMsPer1000),
        pushP50Ms: rounded(quantile(latenciesMs, 0.5)),
        pushP99Ms: rounded(quantile(latenciesMs, 0.99)),
        measuredSeconds: rounded(secondsOf(own)),
        acknowledged: acknowledgedIn(own),
      },
      { responsesPerSecond: { atLeast: 10_000 }, peakRssMb: { atMost: 256 } },
    );
  } finally {
    await Promise.all(running.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

function secondsOf(results: readonly LoadResult[]): number {
  return results.reduce((sum, { seconds }) => sum + seconds, 0);
}

function acknowledgedIn(results: readonly LoadResult[]): number {
  return results.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
}

function rateOf(results: readonly LoadResult[]): number {
  return acknowledgedIn(results) / secondsOf(results);
}

/** One tablet for each connection, as it is in a town: a tablet never has two pushes on the way. */
async function enrolTablets(
  { origin }: ParvisServer,
  codes: readonly string[],
): Promise<readonly LoadTablet[]> {
  const tablets: LoadTablet[] = [];
  for (const code of codes) tablets.push(await enrolLoadTablet(origin, code));
  return tablets;
}

async function startBareServer(database: string): Promise<ServerProcess> {
  const port = await freePort();
  const words = ['--import', 'tsx', 'bench/ingest/bare-server.ts', String(port), database];
  return startServer(words, { ...process.env, NODE_ENV: 'production' }, `http://127.0.0.1:${port}`);
}

async function prepareRound(
  tablets: readonly LoadTablet[],
  pushes: number,
): Promise<{ token: string; pushes: readonly PreparedPush[] }[]> {
  return Promise.all(
    tablets.map(async (tablet) => ({
      token: tablet.token,
      pushes: await tablet.prepare(pushes, ENTRIES_PER_PUSH),
    })),
  );
}

/** @throws Error when the store holds anything else than what was acknowledged, or a recount finds a difference */
async function checkStore({ env }: ParvisServer, results: readonly LoadResult[]): Promise<void> {
  const acknowledged = acknowledgedIn(results);
  const database = new Database(join(env['DATA_DIR'] ?? '', 'parvis.sqlite'), { readonly: true });
  const stored = database.prepare<[], { n: number }>('select count(*) as n from responses').get()?.n;
  const verbatims = database.prepare<[], { n: number }>('select count(*) as n from verbatims').get()?.n;
  database.close();
  if (stored !== acknowledged) throw new Error(`${acknowledged} were acknowledged, ${stored} are stored.`);
  if (verbatims !== acknowledged / 10)
    throw new Error(`Of ${acknowledged / 10} texts, ${verbatims} were opened.`);
  await runCli(env, ['recount']);
}
