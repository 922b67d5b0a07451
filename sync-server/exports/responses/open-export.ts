import { codebookOf } from './codebook.ts';
import { responseColumns } from './columns.ts';
import { type OpenedResponse, responseOpener } from './opened-response.ts';
import type { ResponsesWriter } from './file.ts';
import type { ResponseFormat, ResponsesNews, ResponsesRequest } from './request.ts';
import { type ResponsesReading, readResponses } from './stored-responses.ts';
import { writeCsvForPeople, writeCsvForPrograms } from './write-csv.ts';
import { writeJson } from './write-json.ts';
import { MOST_ODS_RESPONSES, writeOds } from './write-ods.ts';
import { writeParquet } from './write-parquet.ts';
import { writeXlsx } from './write-xlsx.ts';

const WRITERS: Readonly<Record<ResponseFormat, ResponsesWriter>> = {
  csv: writeCsvForPeople,
  'codes-csv': writeCsvForPrograms,
  xlsx: writeXlsx,
  ods: writeOds,
  json: writeJson,
  parquet: writeParquet,
};

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
  const reading = await readResponses(request);
  try {
    const total = await reading.count();
    if (request.format === 'ods' && total > mostOfOds) {
      tell({ kind: 'too-many', total, most: mostOfOds });
      return;
    }
    tell({ kind: 'counted', total });
    yield* WRITERS[request.format]({
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
  for await (const batch of reading.batches()) {
    yield open(batch);
    rows += batch.responses.length;
    tell({ kind: 'written', rows });
  }
}
