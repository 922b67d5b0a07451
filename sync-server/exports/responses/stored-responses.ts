import { readFromPostgres } from './postgres-reading.ts';
import type { ResponsesReading, Wanted } from './selections.ts';
import { readFromSqlite } from './sqlite-reading.ts';

/** Opens a reading of a database of either engine. */
export async function readResponses(wanted: Wanted): Promise<ResponsesReading> {
  return 'file' in wanted.database
    ? readFromSqlite(wanted.database.file, wanted)
    : readFromPostgres(wanted.database.url, wanted);
}
