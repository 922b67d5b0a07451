import { join } from 'node:path';
import pg from 'pg';
import { type RunningPostgres, startPostgres } from '../../sync-server/store/test-postgres-server.ts';
import { SYSTEM_CLOCK } from '../../sync-server/clock.ts';
import { openStore } from '../../sync-server/store/open-store.ts';
import {
  type ParvisServer,
  MEMORY_WORDS,
  type ServerProcess,
  freePort,
  runCli,
  startParvis,
  startServer,
} from '../server/parvis-server.ts';
import { createEnrolmentCodes } from './enrolment-codes.ts';
import type { PreparedPush } from './load.ts';
import { enrolLoadTablet, type LoadTablet } from './load-tablet.ts';
import { type RawInserts, rawPostgres, rawSqlite } from './raw-inserts.ts';

/** Parvis on one of its databases, with a tablet for each connection: a tablet never has two pushes on the way. */
export interface Contestant {
  readonly server: ParvisServer;
  readonly place: { readonly dataDir: string; readonly databaseUrl: string | null };
  prepare(pushes: number, entriesPerPush: number, hasTexts: boolean): Promise<readonly Sending[]>;
}

/** What a connection sends. */
export interface Sending {
  readonly token: string;
  readonly pushes: readonly PreparedPush[];
}

/** Everything that is measured in one run, and stopped with it. */
export interface Field {
  readonly sqlite: Contestant;
  readonly postgres: Contestant;
  readonly bare: ServerProcess;
  readonly storeless: ServerProcess;
  readonly raw: { readonly sqlite: RawInserts; readonly postgres: RawInserts };
  stop(): Promise<void>;
}

/** Starts all of them in a folder, each on its own data. */
export async function openField(folder: string, connections: number): Promise<Field> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.toReversed()) await one();
  };
  try {
    const database = await startPostgres();
    stops.push(database.stop);
    const enter = async (dataDir: string, databaseUrl: string | null): Promise<Contestant> => {
      const place = { dataDir, databaseUrl };
      const codes = await createEnrolmentCodes(place, connections);
      const server = await startParvis(dataDir, databaseUrl);
      stops.push(server.stop);
      const tablets: LoadTablet[] = [];
      for (const code of codes) tablets.push(await enrolLoadTablet(server.origin, code));
      return { server, place, prepare: async (...asked) => prepare(tablets, ...asked) };
    };
    const sqlite = await enter(join(folder, 'sqlite'), null);
    const postgres = await enter(join(folder, 'postgres'), await makeDatabase(database, 'parvis'));
    const bare = await startYardstick([], 'bench/ingest/bare-server.ts', join(folder, 'bare.sqlite'));
    stops.push(bare.stop);
    // The same route is held to the same memory; a bare server is held to nothing.
    const storeless = await startYardstick(
      MEMORY_WORDS,
      'bench/ingest/storeless-server.ts',
      sqlite.place.dataDir,
    );
    stops.push(storeless.stop);
    const raw = {
      sqlite: rawSqlite(join(folder, 'raw.sqlite')),
      postgres: await rawPostgres(await makeDatabase(database, 'raw')),
    };
    stops.push(raw.sqlite.close, raw.postgres.close);
    return { sqlite, postgres, bare, storeless, raw, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Holds a store against what was acknowledged, once its server is stopped.
 *
 * @throws Error when it holds anything else, or a recount finds a difference
 */
export async function checkStore(
  { server, place }: Contestant,
  acknowledged: number,
  texts: number,
): Promise<void> {
  const store = await openStore(place, SYSTEM_CLOCK);
  try {
    const count = async (table: 'responses' | 'verbatims'): Promise<number> => {
      const { n } = await store.db
        .selectFrom(table as 'responses')
        .select((of) => of.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return n;
    };
    const stored = await count('responses');
    if (stored !== acknowledged) throw new Error(`${acknowledged} were acknowledged, ${stored} are stored.`);
    const opened = await count('verbatims');
    if (opened !== texts) throw new Error(`Of ${texts} texts, ${opened} were opened.`);
  } finally {
    await store.close();
  }
  await runCli(server.env, ['recount']);
}

async function prepare(
  tablets: readonly LoadTablet[],
  pushes: number,
  entriesPerPush: number,
  hasTexts: boolean,
): Promise<readonly Sending[]> {
  return Promise.all(
    tablets.map(async (tablet) => ({
      token: tablet.token,
      pushes: await tablet.prepare(pushes, entriesPerPush, hasTexts),
    })),
  );
}

async function makeDatabase({ url }: RunningPostgres, name: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`create database ${name} encoding 'UTF8' template template0`);
  await client.end();
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

async function startYardstick(
  memoryWords: readonly string[],
  programme: string,
  place: string,
): Promise<ServerProcess> {
  const port = await freePort();
  const words = [...memoryWords, '--import', 'tsx', programme, String(port), place];
  return startServer(words, { ...process.env, NODE_ENV: 'production' }, `http://127.0.0.1:${port}`);
}
