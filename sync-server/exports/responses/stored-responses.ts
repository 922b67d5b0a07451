import { CHANNELS } from '../../../domain/answers.ts';
import { RELEASE_COLUMNS } from '../../verbatims/released-text.ts';
import { FIRST_DAY, LAST_DAY, type ResponsesRequest } from './request.ts';
import { SqliteThread } from './sqlite-thread.ts';
import {
  CIRCUMSTANCES,
  SEPARATOR,
  type StoredBatch,
  type StoredDecision,
  type StoredResponse,
  type StoredText,
} from './stored-batch.ts';

/** What is asked for, read as of one moment while writers go on. */
export interface ResponsesReading {
  count(): Promise<number>;
  /** Some at a time, pulled: the next are read when these have been taken. */
  batches(): AsyncGenerator<StoredBatch>;
  close(): Promise<void>;
}

type Wanted = Pick<ResponsesRequest, 'database' | 'services' | 'channels' | 'from' | 'to'>;

const BATCH = 500;
/** Each of them is three questions to another process: fewer, and a million responses are read a fifth sooner. */
const POSTGRES_BATCH = 2_000;

/** Opens a reading of a database of either engine. */
export async function readResponses(wanted: Wanted): Promise<ResponsesReading> {
  return 'file' in wanted.database
    ? readFromSqlite(wanted.database.file, wanted)
    : readFromPostgres(wanted.database.url, wanted);
}

/** The queries of one organisation's responses, and the values they are asked with. */
interface Selection {
  readonly organisationId: string;
  readonly values: readonly string[];
  readonly count: string;
  readonly rows: string;
}

/**
 * By organisation: the keys are led by it, so that each is read off its index in order. A condition that holds of all its rows is left out,
 * for each costs a tenth of a second in a million.
 *
 * @param servicesOf all services of an organisation
 */
async function selections(
  wanted: Wanted,
  servicesOf: (organisationId: string) => Promise<readonly string[]>,
  { parameter, separator }: { readonly parameter: (place: number) => string; readonly separator: string },
): Promise<readonly Selection[]> {
  const chosen: Selection[] = [];
  for (const organisationId of [...new Set(wanted.services.map((one) => one.organisationId))].toSorted()) {
    const values: string[] = [];
    const put = (value: string) => parameter(values.push(value));
    const own = wanted.services.filter((one) => one.organisationId === organisationId);
    const ids = new Set(own.map(({ serviceId }) => serviceId));
    const isWhole = (await servicesOf(organisationId)).every((serviceId) => ids.has(serviceId));
    const conditions = [`organisation_id = ${put(organisationId)}`];
    if (!isWhole) conditions.push(`service_id in (${[...ids].map(put).join(', ')})`);
    if (wanted.from !== FIRST_DAY) conditions.push(`local_date >= ${put(wanted.from)}`);
    if (wanted.to !== LAST_DAY) conditions.push(`local_date <= ${put(wanted.to)}`);
    if (CHANNELS.some((channel) => !wanted.channels.includes(channel)))
      conditions.push(`channel in (${wanted.channels.map(put).join(', ')})`);
    const where = `where ${conditions.join(' and ')}`;
    chosen.push({
      organisationId,
      values,
      count: `select count(*) from responses ${where}`,
      rows: `select concat_ws(${separator}, response_id, local_date || half_day, duration_seconds, answers,
        ${CIRCUMSTANCES.join(', ')}) from responses ${where}`,
    });
  }
  return chosen;
}

/**
 * In the order of the identities, which within a half-day is chance: the order of arrival would tell more of when somebody stood at the desk
 * than is kept.
 */
const IN_ORDER = 'order by response_id';

function servicesQuery(parameter: string): string {
  return `select service_id from services where organisation_id = ${parameter}`;
}

/** Few responses have a text: asked for beside them they cost a third of what a join does. */
function textsBetween(parameter: (place: number) => string): string {
  return `select response_id, ${RELEASE_COLUMNS.join(', ')} from verbatims
    where organisation_id = ${parameter(1)} and response_id between ${parameter(2)} and ${parameter(3)} ${IN_ORDER}`;
}

/** Of these there are fewer still. */
function decisionsBetween(parameter: (place: number) => string): string {
  return `select response_id, decided from decided_responses
    join integrity_decisions on integrity_decisions.organisation_id = decided_responses.organisation_id
      and integrity_decisions.decision_id = decided_responses.decision_id
    where decided_responses.organisation_id = ${parameter(1)}
      and response_id between ${parameter(2)} and ${parameter(3)} and in_force = 1 ${IN_ORDER}`;
}

/** While what is read first is written the next is read, and no more than that. */
async function* oneAhead(read: () => AsyncGenerator<StoredBatch>): AsyncGenerator<StoredBatch> {
  const source = read();
  let next = source.next();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done === true) return;
      next = source.next();
      // Heard when its turn comes.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await next.catch(() => undefined);
  }
}

/** The first and the last identity; null where there is none. */
function endsOf(responses: readonly StoredResponse[]): readonly [first: string, last: string] | null {
  const [first, last] = [responses[0], responses.at(-1)];
  return first === undefined || last === undefined ? null : [identityOf(first), identityOf(last)];
}

function identityOf(response: StoredResponse): string {
  return response.slice(0, response.indexOf(SEPARATOR));
}

async function readFromSqlite(file: string, wanted: Wanted): Promise<ResponsesReading> {
  const thread = new SqliteThread(file);
  const chosen = await selections(
    wanted,
    async (organisationId) => thread.column<string>(servicesQuery('?'), [organisationId]),
    { parameter: () => '?', separator: 'char(31)' },
  );
  const texts = textsBetween(() => '?');
  const decisions = decisionsBetween(() => '?');
  return {
    count: async () => {
      let total = 0;
      for (const { count, values } of chosen) total += (await thread.column<number>(count, values))[0] ?? 0;
      return total;
    },
    // Page by page, each from where the last one ended: a page is handed over at once, which a row of an open cursor is not.
    batches: () =>
      oneAhead(async function* () {
        for (const { organisationId, rows, values } of chosen) {
          const page = `${rows} and response_id > ? ${IN_ORDER} limit ${BATCH}`;
          for (let after: string | null = ''; after !== null; ) {
            const { last, ...batch } = await thread.batch({
              organisationId,
              page,
              values,
              after,
              texts,
              decisions,
            });
            if (last !== null) yield batch;
            after = last;
          }
        }
      }),
    close: async () => thread.close(),
  };
}

async function readFromPostgres(url: string, wanted: Wanted): Promise<ResponsesReading> {
  const { createPool } = await import('../../store/postgres-pool.ts');
  const pool = createPool(url);
  const client = await pool.connect();
  await client.query('begin isolation level repeatable read read only');
  // Whoever downloads slowly holds nobody up: nothing is locked, and the server ends what stands still.
  await client.query('set local idle_in_transaction_session_timeout = 0');
  const listsOf = async <Row extends readonly unknown[]>(text: string, values: readonly string[] = []) =>
    (await client.query<[...Row]>({ text, values: [...values], rowMode: 'array' })).rows;
  const chosen = await selections(
    wanted,
    async (organisationId) =>
      (await listsOf<[string]>(servicesQuery('$1'), [organisationId])).map(([serviceId]) => serviceId),
    { parameter: (place) => `$${place}`, separator: 'chr(31)' },
  );
  const texts = textsBetween((place) => `$${place}`);
  const decisions = decisionsBetween((place) => `$${place}`);
  return {
    count: async () => {
      let total = 0;
      for (const { count, values } of chosen) total += Number((await listsOf(count, values))[0]?.[0]);
      return total;
    },
    batches: () =>
      oneAhead(async function* () {
        for (const { organisationId, rows, values } of chosen) {
          await client.query(`declare leaving no scroll cursor for ${rows} ${IN_ORDER}`, [...values]);
          for (;;) {
            const responses = (await listsOf<[StoredResponse]>(`fetch ${POSTGRES_BATCH} from leaving`)).map(
              ([line]) => line,
            );
            const ends = endsOf(responses);
            if (ends === null) break;
            const between = [organisationId, ...ends];
            yield {
              responses,
              texts: await listsOf<StoredText>(texts, between),
              decisions: await listsOf<StoredDecision>(decisions, between),
            };
          }
          await client.query('close leaving');
        }
      }),
    close: async () => {
      client.release(true);
      await pool.end();
    },
  };
}
