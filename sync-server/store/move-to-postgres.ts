import { sql } from 'kysely';
import pg from 'pg';
import { type Clock, instantOf } from '../clock.ts';
import { type Recount, recount } from '../ingest/recount.ts';
import { PlainFault } from '../plain-fault.ts';
import { insertRows } from './insert-rows.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { placeOf, plainPostgresFault } from './postgres-faults.ts';
import { readSqlite, type SqliteReading } from './read-sqlite.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { isUnfinished, markFinished, markUnfinished } from './unfinished-move.ts';

const ROWS_AT_ONCE = 2_000;

export interface Moved {
  readonly storeId: string;
  /** How many rows each table has, there as here. */
  readonly rows: Readonly<Record<string, number>>;
  readonly recount: Recount;
}

/**
 * Copies a SQLite database, a running server's too, into an empty PostgreSQL database, and recounts every answer there before it is done.
 * Nothing is changed in the source. The copy has an identity of its own: a tablet that meets it offers again what it keeps, so that what was
 * answered between the copy and the server's move is not lost. Broken off, it leaves a database that no server starts on; run again, it starts over.
 *
 * @throws PlainFault when there is nothing to move, the target is not empty, or the copy does not come to the same
 */
export async function moveToPostgres(path: string, url: string, clock: Clock): Promise<Moved> {
  const source = readSqlite(path);
  try {
    const client = new pg.Client(url);
    try {
      await client.connect();
      await prepareTarget(client, url, instantOf(clock.now()));
      const store = await openPostgresStore(url, clock, { isBeingFilled: true });
      try {
        const moved = await fill(store, source);
        // Left to itself, PostgreSQL looks after a minute at what it has been given, and until then takes seconds to search a million answers' texts.
        await client.query('vacuum (analyze)');
        await markFinished(client);
        return moved;
      } finally {
        await store.close();
      }
    } finally {
      await client.end();
    }
  } catch (error) {
    throw plainPostgresFault(error, url);
  } finally {
    source.close();
  }
}

/** Empty, or left by a move that was broken off: then there is nothing in it that the source does not have. */
async function prepareTarget(client: pg.Client, url: string, startedAt: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by tablename",
  );
  if (rows.length > 0 && !(await isUnfinished(client)))
    throw new PlainFault(
      `The database ${placeOf(url)} is not empty: it has a table ${rows[0]?.name}. Nothing was changed. Make an empty one for the move.`,
    );
  await client.query('drop schema public cascade; create schema public');
  await markUnfinished(client, startedAt);
}

async function fill(store: Store, source: SqliteReading): Promise<Moved> {
  await store.db.updateTable('instance').set({ code_salt: source.codeSalt }).execute();
  const rows: Record<string, number> = {};
  for (const table of source.tables) {
    await copyTable(store, source, table);
    rows[table.name] = await countRows(store, table.name);
    if (rows[table.name] !== table.rows)
      throw new PlainFault(
        `The copy has ${rows[table.name]} rows in ${table.name} instead of ${table.rows}. Is something else writing to it?`,
      );
  }
  const counted = await recount(store, false);
  if (counted.responses !== rows['responses'])
    throw new PlainFault(`Of ${rows['responses']} answers, ${counted.responses} could be recounted.`);
  return { storeId: store.storeId, rows, recount: counted };
}

async function copyTable(
  { db }: Store,
  source: SqliteReading,
  { name, columns }: SqliteReading['tables'][number],
): Promise<void> {
  let waiting: Readonly<Record<string, unknown>>[] = [];
  const write = async (): Promise<void> => {
    // The names and the rows are the source's, whose tables are these.
    await insertRows(
      db,
      name as 'responses',
      columns as 'flags'[],
      waiting as unknown as Tables['responses'][],
      '',
    );
    waiting = [];
  };
  for (const row of source.read(name)) {
    waiting.push(row);
    if (waiting.length === ROWS_AT_ONCE) await write();
  }
  await write();
}

async function countRows({ db }: Store, table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
