import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { BEGIN_ALONE, BEGIN_BESIDE } from './postgres-locks.ts';
import { sessionOptions } from './postgres-settings.ts';

const CONNECTIONS = 10;
const CONNECT_WITHIN_MS = 10_000;
/** Tablets push every few minutes at least: a push that had to connect, prove who it is and prepare its statements would take ten times as long. */
const KEEP_IDLE_MS = 1_800_000;
/** A text becomes a prepared statement when it comes again, and only so many do: lists of any length are texts of their own. */
const TEXTS_KNOWN = 1_000;
const STATEMENTS_KEPT = 400;
const INT8 = 20;
const NUMERIC = 1_700;

/**
 * Connections with Parvis's settings. 64-bit integers and sums come as numbers, as SQLite gives them: counts stay far below 2^53.
 */
export function createPool(url: string): pg.Pool {
  const address = new URL(url);
  const options = [address.searchParams.get('options'), sessionOptions()].filter((part) => part !== null);
  address.searchParams.set('options', options.join(' '));
  const pool = new pg.Pool({
    connectionString: address.href,
    application_name: 'parvis',
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    idleTimeoutMillis: KEEP_IDLE_MS,
    keepAlive: true,
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        type === INT8 || type === NUMERIC ? Number : pg.types.getTypeParser(type, format),
    },
  });
  // A connection that breaks is replaced, and whoever uses one hears of it from the query. Unheard, the event would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * The pool as Kysely's driver takes it. What comes again is prepared once on each connection. A transaction begins alone among writers
 * (`begin`), or beside others of its kind where it says that it is `read committed` (Store.gather).
 */
export function asKyselyPool(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const statements = new StatementNames();
  return {
    connect: async () => {
      const client = await namingBrokenConnections(pool.connect());
      const known = clients.get(client);
      if (known !== undefined) return known;
      const wrapped = {
        release: () => client.release(),
        query: async (text: string, values: readonly unknown[]) =>
          namingBrokenConnections(queryOn(client, text, values, statements)),
        // Kysely's interface has a second form of `query`, for cursors, which nobody here uses.
      } as unknown as PostgresPoolClient;
      clients.set(client, wrapped);
      return wrapped;
    },
    end: async () => pool.end(),
  };
}

async function queryOn(
  client: pg.PoolClient,
  text: string,
  values: readonly unknown[],
  statements: StatementNames,
): Promise<pg.QueryResult> {
  if (text === 'begin') return client.query(BEGIN_ALONE);
  if (text === 'start transaction isolation level read committed') return client.query(BEGIN_BESIDE);
  if (values.length === 0) return client.query(text);
  const name = statements.nameOf(text);
  return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
}

/** The driver tells a connection that broke by a sentence alone; PostgreSQL has a code for it. */
async function namingBrokenConnections<Outcome>(work: Promise<Outcome>): Promise<Outcome> {
  try {
    return await work;
  } catch (error) {
    if (
      error instanceof Error &&
      !('code' in error) &&
      /connection|timeout exceeded|Client/i.test(error.message)
    )
      Object.assign(error, { code: '08006' });
    throw error;
  }
}

/** Which texts are prepared, and under which name. */
class StatementNames {
  readonly #names = new Map<string, string | undefined>();
  #named = 0;

  nameOf(text: string): string | undefined {
    if (!this.#names.has(text)) {
      const [oldest] = this.#names.keys();
      if (this.#names.size >= TEXTS_KNOWN && oldest !== undefined && this.#names.get(oldest) === undefined)
        this.#names.delete(oldest);
      if (this.#names.size < TEXTS_KNOWN) this.#names.set(text, undefined);
      return undefined;
    }
    const name = this.#names.get(text);
    if (name !== undefined || this.#named >= STATEMENTS_KEPT) return name;
    this.#named += 1;
    const given = `parvis_${this.#named}`;
    this.#names.set(text, given);
    return given;
  }
}
