import Database from 'better-sqlite3';
import pg from 'pg';
import { type LoadResult, type PreparedPush, until } from './load.ts';

/**
 * The second yardstick of the ingest bench: nothing but the entries' JSON text put into one table with one key by a prepared statement, a commit
 * for each push, on the disk before the next begins. No HTTP, no schema, no tallies.
 */
export interface RawInserts {
  /** @param everyMs as `runLoad` takes it */
  run(
    connections: readonly { readonly pushes: readonly PreparedPush[] }[],
    everyMs?: number | null,
  ): Promise<LoadResult>;
  close(): Promise<void>;
}

interface Row {
  readonly responseId: string;
  readonly sequence: number;
  readonly response: string;
}

const TABLE =
  'raw_entries (response_id text not null primary key, sequence integer not null, response text not null)';

/** One thread, the same settings as Parvis's own store. */
export function rawSqlite(path: string): RawInserts {
  const database = new Database(path);
  for (const pragma of ['journal_mode = wal', 'synchronous = full', 'cache_size = -16384'])
    database.pragma(pragma);
  database.exec(`create table ${TABLE} strict, without rowid`);
  const insert = database.prepare('insert into raw_entries values (?, ?, ?)');
  const commit = database.transaction((rows: readonly Row[]) => {
    for (const { responseId, sequence, response } of rows) insert.run(responseId, sequence, response);
  });
  return {
    run: async (connections, everyMs = null) =>
      timed(connections, everyMs, async (rows) => {
        commit(rows);
        // So that the others get their turn, as they would between two requests.
        await new Promise((resolve) => setImmediate(resolve));
      }),
    close: async () => void database.close(),
  };
}

/** As many connections as there are senders; each push is one statement, prepared once, and its own transaction. */
export async function rawPostgres(url: string): Promise<RawInserts> {
  const clients: pg.Client[] = [];
  const first = new pg.Client(url);
  await first.connect();
  await first.query(`create table ${TABLE}`);
  clients.push(first);
  const clientOf = async (index: number): Promise<pg.Client> => {
    for (let made = clients.length; made <= index; made += 1) {
      const client = new pg.Client(url);
      clients.push(client);
      await client.connect();
      await client.query('set synchronous_commit = on');
    }
    return clients[index] ?? first;
  };
  return {
    run: async (connections, everyMs = null) => {
      const ready: pg.Client[] = [];
      for (const index of connections.keys()) ready.push(await clientOf(index));
      return timed(connections, everyMs, async (rows, index) => {
        await (ready[index] ?? first).query({
          name: 'raw',
          text: 'insert into raw_entries select * from unnest($1::text[], $2::int[], $3::text[])',
          values: [
            rows.map(({ responseId }) => responseId),
            rows.map(({ sequence }) => sequence),
            rows.map(({ response }) => response),
          ],
        });
      });
    },
    close: async () => {
      for (const client of clients) await client.end();
    },
  };
}

async function timed(
  connections: readonly { readonly pushes: readonly PreparedPush[] }[],
  everyMs: number | null,
  insert: (rows: readonly Row[], index: number) => Promise<void>,
): Promise<LoadResult> {
  const rows = connections.map(({ pushes }) => pushes.map(rowsOf));
  const latenciesMs: number[] = [];
  let acknowledged = 0;
  const started = performance.now();
  await Promise.all(
    rows.map(async (pushes, index) => {
      for (const [turn, push] of pushes.entries()) {
        if (everyMs !== null) await until(started + everyMs * (turn + index / rows.length));
        const begun = performance.now();
        await insert(push, index);
        latenciesMs.push(performance.now() - begun);
        acknowledged += push.length;
      }
    }),
  );
  return { acknowledged, seconds: (performance.now() - started) / 1_000, latenciesMs };
}

/** Made before the clock runs. */
function rowsOf({ body }: PreparedPush): readonly Row[] {
  const { entries } = JSON.parse(body.toString('utf8')) as {
    entries: { responseId: string; sequence: number; response: object }[];
  };
  return entries.map(({ responseId, sequence, response }) => ({
    responseId,
    sequence,
    response: JSON.stringify(response),
  }));
}
