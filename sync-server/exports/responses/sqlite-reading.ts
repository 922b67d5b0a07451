import {
  decisionsQuery,
  IN_ORDER,
  oneAhead,
  type ResponsesReading,
  selections,
  servicesQuery,
  textsQuery,
  type Wanted,
} from './selections.ts';
import { SqliteThread } from './sqlite-thread.ts';

const BATCH = 500;

/** Reads them from a file of SQLite. */
export async function readFromSqlite(file: string, wanted: Wanted): Promise<ResponsesReading> {
  const thread = new SqliteThread(file);
  const chosen = await selections(
    wanted,
    async (organisationId) => thread.column<string>(servicesQuery('?'), [organisationId]),
    { parameter: () => '?', line: (columns) => `concat_ws(char(31), ${columns})` },
  );
  const texts = textsQuery('?', 'between ? and ?');
  const decisions = decisionsQuery('?', 'between ? and ?');
  return {
    count: async () => {
      let total = 0;
      for (const { count, values } of chosen) total += (await thread.column<number>(count, values))[0] ?? 0;
      return total;
    },
    // Page by page, each from where the last one ended: a page is handed over at once, which a row of an open cursor is not.
    batches: () =>
      oneAhead(async function* () {
        for (const { organisationId, lines, values } of chosen) {
          const page = `${lines} and response_id > ? ${IN_ORDER} limit ${BATCH}`;
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
