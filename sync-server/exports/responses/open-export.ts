import { codebookOf } from './codebook.ts';
import { responseColumns } from './columns.ts';
import { type OpenedResponse, responseOpener } from './opened-response.ts';
import type { ResponsesWriter } from './file.ts';
import type { ResponseFormat, ResponsesNews, ResponsesRequest } from './request.ts';
import type { ResponsesReading } from './selections.ts';
import { readResponses } from './stored-responses.ts';
import { MOST_SHEET_ROWS } from './sheets.ts';

/** Fetched alone: a process that writes CSV has no use for what writes Parquet, and starts the sooner. */
const WRITERS: Readonly<Record<ResponseFormat, () => Promise<ResponsesWriter>>> = {
  csv: async () => (await import('./write-csv.ts')).writeCsvForPeople,
  'codes-csv': async () => (await import('./write-csv.ts')).writeCsvForPrograms,
  xlsx: async () => (await import('./write-xlsx.ts')).writeXlsx,
  ods: async () => (await import('./write-ods.ts')).writeOds,
  json: async () => (await import('./write-json.ts')).writeJson,
  parquet: async () => (await import('./write-parquet.ts')).writeParquet,
};
const ROWS_A_MESSAGE = 1_000;
/** One sheet of LibreOffice, its headings taken off; what is more goes into another format. */
const MOST_ODS_RESPONSES = MOST_SHEET_ROWS - 1;

/**
 * Counts the responses asked for, then makes their file, piece by piece as it is pulled.
 *
 * @param tell hears how many there are before the first piece, and then how far the reading has come
 * @param mostOfOds how many a spreadsheet of LibreOffice holds
 * @returns nothing where the format cannot hold so many: `tell` has heard so
 */
export async function* openExport(
  request: ResponsesRequest,
  tell: (news: ResponsesNews) => void,
  mostOfOds = MOST_ODS_RESPONSES,
): AsyncGenerator<Uint8Array> {
  // Fetched while the database is opened and counts; heard where it is waited for.
  const writer = WRITERS[request.format]();
  writer.catch(() => undefined);
  const reading = await readResponses(request);
  try {
    const total = await reading.count();
    if (request.format === 'ods' && total > mostOfOds) {
      tell({ kind: 'too-many', total, most: mostOfOds });
      return;
    }
    tell({ kind: 'counted', total });
    const write = await writer;
    yield* write({
      about: request.about,
      codebook: codebookOf(request),
      columns: responseColumns(request),
      batches: opened(reading, tell),
    });
  } finally {
    await reading.close();
  }
}

async function* opened(
  reading: ResponsesReading,
  tell: (news: ResponsesNews) => void,
): AsyncGenerator<readonly OpenedResponse[]> {
  const open = responseOpener();
  let rows = 0;
  let told = 0;
  for await (const batch of reading.batches()) {
    yield open(batch);
    rows += batch.responses.length;
    if (rows - told < ROWS_A_MESSAGE) continue;
    tell({ kind: 'written', rows });
    told = rows;
  }
  if (rows > told) tell({ kind: 'written', rows });
}
