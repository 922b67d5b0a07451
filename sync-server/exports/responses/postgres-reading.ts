import type { PoolClient } from 'pg';
import { copiedLines } from './copied-lines.ts';
import { CopiedPieces } from './copied-pieces.ts';
import { Following } from './following.ts';
import {
  decisionsQuery,
  IN_ORDER,
  oneAhead,
  type ResponsesReading,
  type Selection,
  selections,
  servicesQuery,
  textsQuery,
  type Wanted,
} from './selections.ts';
import { SEPARATOR, type StoredDecision, type StoredResponse, type StoredText } from './stored-batch.ts';

/** Of texts and decisions, read ahead. */
const AHEAD = 500;

/**
 * Whoever downloads slowly holds nobody up: nothing is locked, and the server ends what stands still. Reading along the key is what it costs on a
 * disk that need not turn; as PostgreSQL counts otherwise, it would sort a whole organisation into files first.
 */
const SETTINGS = [
  'idle_in_transaction_session_timeout = 0',
  'statement_timeout = 0',
  'random_page_cost = 1.1',
];

/**
 * Reads them from PostgreSQL. One connection copies the responses out, which costs half of what a cursor does; another, that sees the same moment,
 * is asked what belongs to them.
 */
export async function readFromPostgres(url: string, wanted: Wanted): Promise<ResponsesReading> {
  const { createPool } = await import('../../store/postgres-pool.ts');
  const pool = createPool(url);
  const [copying, beside] = await Promise.all([pool.connect(), pool.connect()]);
  await beginAtOneMoment(copying, beside);
  const listsOf = async <Row extends readonly unknown[]>(text: string, values: readonly string[] = []) =>
    (await beside.query<[...Row]>({ text, values: [...values], rowMode: 'array' })).rows;
  const chosen = await selections(
    wanted,
    async (organisationId) =>
      (await listsOf<[string]>(servicesQuery('$1'), [organisationId])).map(([serviceId]) => serviceId),
    // What is copied can be given no values beside its text.
    { parameter: (value) => copying.escapeLiteral(value), line: (columns) => columns },
  );
  const following = <Row extends readonly [string, ...unknown[]]>(
    organisationId: string,
    query: (organisation: string, within: string) => string,
  ) =>
    new Following<Row>(
      async (after, most) => listsOf<Row>(`${query('$1', '> $2')} limit ${most}`, [organisationId, after]),
      AHEAD,
    );
  const copy = ({ lines }: Selection) =>
    copying.query(
      new CopiedPieces(`copy (${lines} ${IN_ORDER}) to stdout (delimiter E'\\x1F', encoding 'UTF8')`),
    );
  // Under way while all are counted.
  const begun = chosen.slice(0, 1).map(copy);
  return {
    count: async () => {
      let total = 0;
      for (const { count } of chosen) total += Number((await listsOf(count))[0]?.[0]);
      return total;
    },
    batches: () =>
      oneAhead(async function* () {
        for (const selection of chosen) {
          const { organisationId } = selection;
          const texts = following<StoredText>(organisationId, textsQuery);
          const decisions = following<StoredDecision>(organisationId, decisionsQuery);
          for await (const responses of copiedLines(begun.shift() ?? copy(selection))) {
            const [first, last] = endsOf(responses);
            yield {
              responses,
              texts: await texts.between(first, last),
              decisions: await decisions.between(first, last),
            };
          }
        }
      }),
    close: async () => {
      for (const client of [copying, beside]) client.release(true);
      await pool.end();
    },
  };
}

async function beginAtOneMoment(first: PoolClient, second: PoolClient): Promise<void> {
  const begin = 'begin isolation level repeatable read read only';
  await first.query(begin);
  const { rows } = await first.query<{ moment: string }>('select pg_export_snapshot() as moment');
  await second.query(begin);
  await second.query(`set transaction snapshot ${second.escapeLiteral(rows[0]?.moment ?? '')}`);
  for (const client of [first, second])
    for (const setting of SETTINGS) await client.query(`set local ${setting}`);
}

/** The first and the last identity. */
function endsOf(responses: readonly StoredResponse[]): readonly [first: string, last: string] {
  return [identityOf(responses[0]), identityOf(responses.at(-1))];
}

function identityOf(response = ''): string {
  return response.slice(0, response.indexOf(SEPARATOR));
}
