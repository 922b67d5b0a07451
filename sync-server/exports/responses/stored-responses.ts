import Database from 'better-sqlite3';
import type { Tables } from '../../store/tables.ts';
import { createPool } from '../../store/postgres-pool.ts';
import { RELEASE_COLUMNS } from '../../verbatims/released-text.ts';
import { DECIDED_RESPONSES, type DecidedResponse, deciding } from './decided-flags.ts';
import type { ResponsesRequest } from './request.ts';

/** A response as it is stored, with the columns of its text where it has one. */
export type StoredResponse = Readonly<
  Pick<
    Tables['responses'],
    | 'organisation_id'
    | 'response_id'
    | 'point_id'
    | 'service_id'
    | 'survey_version_id'
    | 'channel'
    | 'language'
    | 'local_date'
    | 'half_day'
    | 'disposition'
    | 'duration_seconds'
    | 'flags'
    | 'is_counted'
    | 'answers'
  > & {
    [Column in (typeof RELEASE_COLUMNS)[number]]: Tables['verbatims'][Column] | null;
  }
>;

/** What is asked for, read as of one moment while writers go on. */
export interface ResponsesReading {
  count(): Promise<number>;
  /** Some at a time, pulled: the next are read when these have been taken. */
  batches(): AsyncGenerator<readonly StoredResponse[]>;
  close(): Promise<void>;
}

type Wanted = Pick<ResponsesRequest, 'database' | 'services' | 'channels' | 'from' | 'to'>;

const COLUMNS = [
  'organisation_id',
  'response_id',
  'point_id',
  'service_id',
  'survey_version_id',
  'channel',
  'language',
  'local_date',
  'half_day',
  'disposition',
  'duration_seconds',
  'flags',
  'is_counted',
  'answers',
] as const;
const BATCH = 1_000;

/** Opens a cursor's worth of a database of either engine. */
export async function readResponses(wanted: Wanted): Promise<ResponsesReading> {
  return 'file' in wanted.database
    ? readFromSqlite(wanted.database.file, wanted)
    : readFromPostgres(wanted.database.url, wanted);
}

/**
 * In the order of the identities, which within a half-day is chance: the order of arrival would tell more of when somebody stood at the desk
 * than is kept.
 */
function selection(wanted: Wanted, parameter: (place: number) => string) {
  const values: string[] = [];
  const put = (value: string) => parameter(values.push(value));
  const organisations = [...new Set(wanted.services.map((service) => service.organisationId))];
  const services = organisations.map((organisationId) => {
    const own = wanted.services.filter((service) => service.organisationId === organisationId);
    return `(r.organisation_id = ${put(organisationId)} and r.service_id in (${own
      .map((service) => put(service.serviceId))
      .join(', ')}))`;
  });
  const from = `from responses r
    left join verbatims v on v.organisation_id = r.organisation_id and v.response_id = r.response_id`;
  const where = `where (${services.length === 0 ? '1 = 0' : services.join(' or ')})
      and r.local_date between ${put(wanted.from)} and ${put(wanted.to)}
      and r.channel in (${wanted.channels.map(put).join(', ')})`;
  return {
    values,
    count: `select count(*) as total from responses r ${where}`,
    rows: `select ${COLUMNS.map((column) => `r.${column}`).join(', ')}, ${RELEASE_COLUMNS.map(
      (column) => `v.${column}`,
    ).join(', ')}
    ${from} ${where}
    order by r.organisation_id, r.response_id`,
  };
}

function readFromSqlite(file: string, wanted: Wanted): ResponsesReading {
  const database = new Database(file, { readonly: true, timeout: 5_000 });
  // From the first read on, everything is seen as of that moment.
  database.exec('begin');
  const asDecided = deciding(database.prepare<[], DecidedResponse>(DECIDED_RESPONSES).all());
  const { values, count, rows } = selection(wanted, () => '?');
  return {
    count: async () =>
      Number(
        database
          .prepare<string[]>(count)
          .pluck()
          .get(...values),
      ),
    batches: async function* () {
      let batch: StoredResponse[] = [];
      for (const row of database.prepare<string[], StoredResponse>(rows).iterate(...values)) {
        batch.push(asDecided(row));
        if (batch.length < BATCH) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    },
    close: async () => void database.close(),
  };
}

async function readFromPostgres(url: string, wanted: Wanted): Promise<ResponsesReading> {
  const pool = createPool(url);
  const client = await pool.connect();
  await client.query('begin isolation level repeatable read read only');
  // Whoever downloads slowly holds nobody up: nothing is locked, and the server ends what stands still.
  await client.query('set local idle_in_transaction_session_timeout = 0');
  const asDecided = deciding((await client.query<DecidedResponse>(DECIDED_RESPONSES)).rows);
  const { values, count, rows } = selection(wanted, (place) => `$${place}`);
  return {
    count: async () => Number((await client.query<{ total: number }>(count, values)).rows[0]?.total),
    batches: async function* () {
      await client.query(`declare leaving no scroll cursor for ${rows}`, values);
      for (;;) {
        const { rows: batch } = await client.query<StoredResponse>(`fetch ${BATCH} from leaving`);
        if (batch.length === 0) return;
        yield batch.map(asDecided);
      }
    },
    close: async () => {
      client.release(true);
      await pool.end();
    },
  };
}
