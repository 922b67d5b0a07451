import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contestant, checkStore, type Field, openField, type Sending } from './ingest/field.ts';
import { type LoadResult, runLoad } from './ingest/load.ts';
import { quantile, rounded } from './quantiles.ts';
import { type Figures, judge, type Measured, type Targets } from './targets.ts';

const CONNECTIONS = 32;
const ENTRIES_PER_PUSH = 50;
const WARM_UP_PUSHES = 6;
const PUSHES_PER_ROUND = 20;
const MAX_ROUNDS = 30;
/** Of Parvis on SQLite; the others are sent as many rounds. */
const SECONDS = { withTexts: 10, withoutTexts: 4 };
/** At this pace a town of a million answers a year has given them all in three minutes, and nobody measured here is at its limit. */
const PACE_MS = 400;
const PACED_PUSHES = 24;

/** Who is sent the rounds. */
const RUNNERS = ['sqlite', 'postgres', 'bare', 'storeless', 'rawSqlite', 'rawPostgres'] as const;
type Runner = (typeof RUNNERS)[number];
type Results = Readonly<Record<Runner, LoadResult[]>>;

/**
 * Answers durably acknowledged a second, on both databases. Every round makes its pushes first, then sends them to each server and writes them by
 * each yardstick, one after the other: once with one text in ten, once without any. Beside it, how long a push takes at one pace for all. At the
 * end both stores must hold exactly what was acknowledged, and a recount must find no difference.
 */
export async function run(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-bench-ingest-'));
  let field: Field | undefined;
  try {
    field = await openField(folder, CONNECTIONS);
    const { sqlite, postgres } = field;
    const tally = { sqlite: { answers: 0, texts: 0 }, postgres: { answers: 0, texts: 0 } };
    await sendRound(field, tally, WARM_UP_PUSHES, true, emptyResults());
    const paced = await sendPaced(field, tally);
    const cpuBefore = { own: sqlite.server.cpuMs(), bare: field.bare.cpuMs() };
    const withTexts = await measure(field, tally, true);
    const cpu = { own: sqlite.server.cpuMs() - cpuBefore.own, bare: field.bare.cpuMs() - cpuBefore.bare };
    const withoutTexts = await measure(field, tally, false);
    const memory = {
      peakRssMb: rounded(sqlite.server.peakRssMb()),
      postgresPeakRssMb: rounded(postgres.server.peakRssMb()),
      barePeakRssMb: rounded(field.bare.peakRssMb()),
    };
    for (const name of ['sqlite', 'postgres'] as const) {
      await field[name].server.stop();
      await checkStore(field[name], tally[name].answers, tally[name].texts);
    }
    const thousands = acknowledgedIn(withTexts.sqlite) / 1_000;
    const latenciesMs = withTexts.sqlite.flatMap((result) => result.latenciesMs);
    return judge(
      {
        responsesPerSecond: Math.round(rateOf(withTexts.sqlite)),
        bareResponsesPerSecond: Math.round(rateOf(withTexts.bare)),
        ratioToBareServer: rounded(rateOf(withTexts.sqlite) / rateOf(withTexts.bare), 3),
        ...memory,
        cpuMsPer1000Responses: rounded(cpu.own / thousands),
        bareCpuMsPer1000Responses: rounded(cpu.bare / thousands),
        pushP50Ms: rounded(quantile(latenciesMs, 0.5)),
        pushP99Ms: rounded(quantile(latenciesMs, 0.99)),
        measuredSeconds: rounded(secondsOf(withTexts.sqlite)),
        acknowledged: acknowledgedIn(withTexts.sqlite),
        ...figuresOf('WithTexts', withTexts),
        ...figuresOf('', withoutTexts),
        ...pacedFigures(paced),
      },
      TARGETS,
    );
  } finally {
    await field?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const TARGETS: Targets = {
  responsesPerSecond: { atLeast: 10_000 },
  peakRssMb: { atMost: 256 },
  sqliteRatio: { atLeast: 0.5 },
  postgresRatio: { atLeast: 0.5 },
  sqliteWithTextsRatio: { atLeast: 0.25 },
  postgresWithTextsRatio: { atLeast: 0.25 },
};

type Tally = Readonly<Record<'sqlite' | 'postgres', { answers: number; texts: number }>>;

function emptyResults(): Results {
  return { sqlite: [], postgres: [], bare: [], storeless: [], rawSqlite: [], rawPostgres: [] };
}

async function measure(field: Field, tally: Tally, hasTexts: boolean): Promise<Results> {
  const results = emptyResults();
  const seconds = hasTexts ? SECONDS.withTexts : SECONDS.withoutTexts;
  while (secondsOf(results.sqlite) < seconds && results.sqlite.length < MAX_ROUNDS)
    await sendRound(field, tally, PUSHES_PER_ROUND, hasTexts, results);
  return results;
}

async function sendRound(
  field: Field,
  tally: Tally,
  pushes: number,
  hasTexts: boolean,
  results: Results,
  everyMs: number | null = null,
): Promise<void> {
  const toSqlite = await prepared(field.sqlite, tally.sqlite, pushes, hasTexts);
  const toPostgres = await prepared(field.postgres, tally.postgres, pushes, hasTexts);
  results.sqlite.push(await runLoad(field.sqlite.server.origin, toSqlite, everyMs));
  results.postgres.push(await runLoad(field.postgres.server.origin, toPostgres, everyMs));
  results.bare.push(await runLoad(field.bare.origin, toSqlite, everyMs));
  results.storeless.push(await runLoad(field.storeless.origin, toSqlite, everyMs));
  results.rawSqlite.push(await field.raw.sqlite.run(toSqlite, everyMs));
  results.rawPostgres.push(await field.raw.postgres.run(toSqlite, everyMs));
}

async function prepared(
  contestant: Contestant,
  tally: Tally['sqlite'],
  pushes: number,
  hasTexts: boolean,
): Promise<readonly Sending[]> {
  const sendings = await contestant.prepare(pushes, ENTRIES_PER_PUSH, hasTexts);
  for (const { pushes: made } of sendings)
    for (const { body } of made) tally.texts += body.toString('utf8').split('"ciphertext"').length - 1;
  tally.answers += sendings.length * pushes * ENTRIES_PER_PUSH;
  return sendings;
}

/**
 * How long a push takes where everybody is asked for the same: a closed loop would ask a slower server less often. Before the rounds, so that
 * nobody still tidies up after a flood.
 */
async function sendPaced(field: Field, tally: Tally): Promise<Results> {
  const results = emptyResults();
  await sendRound(field, tally, PACED_PUSHES, false, results, PACE_MS);
  return results;
}

/** Rates, and Parvis's as a share of the smaller of its two yardsticks. */
function figuresOf(suffix: string, results: Results): Figures {
  const figures: Record<string, number> = {};
  for (const runner of RUNNERS) figures[`${runner}${suffix}PerSecond`] = Math.round(rateOf(results[runner]));
  const storeless = rateOf(results.storeless);
  figures[`sqlite${suffix}Ratio`] = rounded(
    rateOf(results.sqlite) / Math.min(storeless, rateOf(results.rawSqlite)),
    3,
  );
  figures[`postgres${suffix}Ratio`] = rounded(
    rateOf(results.postgres) / Math.min(storeless, rateOf(results.rawPostgres)),
    3,
  );
  return figures;
}

function pacedFigures(paced: Results): Figures {
  return Object.fromEntries(
    RUNNERS.map((runner) => [
      `${runner}PacedP99Ms`,
      rounded(
        quantile(
          paced[runner].flatMap(({ latenciesMs }) => latenciesMs),
          0.99,
        ),
      ),
    ]),
  );
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
