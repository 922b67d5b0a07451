import { once } from 'node:events';
import { Writable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { DuckDBInstance } from '@duckdb/node-api';
import exceljs from 'exceljs';
import { SYSTEM_CLOCK } from '../../sync-server/clock.ts';
import { codebookOf } from '../../sync-server/exports/responses/codebook.ts';
import { responseColumns } from '../../sync-server/exports/responses/columns.ts';
import { type OpenedResponse, openResponse } from '../../sync-server/exports/responses/opened-response.ts';
import type { ResponsesRequest } from '../../sync-server/exports/responses/request.ts';
import { readResponses, type StoredResponse } from '../../sync-server/exports/responses/stored-responses.ts';
import { wantedResponses } from '../../sync-server/exports/responses/wanted-responses.ts';
import { writeCsvForPeople } from '../../sync-server/exports/responses/write-csv.ts';
import { wholeScope } from '../../sync-server/people/scope.ts';
import { openStore } from '../../sync-server/store/open-store.ts';

/*
 * One peer of the export, alone in a process: `peer.ts NAME DATA_DIR ROWS`. Says in one line of JSON how long it took and the most memory it held.
 */
type Row = readonly (string | number | null)[];
/** So many rows of the store are held, and written again and again: what a peer costs is its own, not the reading. */
const ROWS_HELD = 100_000;
const BATCH = 1_000;

const [name = '', dataDir = '', count = '0'] = process.argv.slice(2);
const rows = Number(count);
const PEERS: Readonly<Record<string, () => Promise<number>>> = {
  reading,
  csvWriter,
  csvStringify,
  exceljs: exceljsStream,
  duckdb,
};
const ms = await PEERS[name]?.();
process.stdout.write(JSON.stringify({ ms, peakRssMb: process.resourceUsage().maxRSS / 1024 }));

async function requestOf(): Promise<ResponsesRequest> {
  const store = await openStore({ dataDir, databaseUrl: null }, SYSTEM_CLOCK);
  const organisationIds = (
    await store.db.selectFrom('organisations').select('organisation_id').execute()
  ).map((row) => row.organisation_id);
  const deps = { store, clock: SYSTEM_CLOCK, databaseUrl: null };
  const { request } = await wantedResponses(deps, wholeScope(organisationIds), {}, 'csv');
  await store.close();
  return request;
}

/** Reads the rows of the export and writes nothing. */
async function reading(): Promise<number> {
  const request = await requestOf();
  const started = performance.now();
  const source = await readResponses(request);
  let read = 0;
  for await (const batch of source.batches()) read += batch.length;
  await source.close();
  if (read !== rows) throw new Error(`${read} rows were read instead of ${rows}.`);
  return performance.now() - started;
}

/** Our own writer with the stored rows in its hands, which it has still to open. */
async function csvWriter(): Promise<number> {
  const request = await requestOf();
  const source = await readResponses(request);
  const held: StoredResponse[] = [];
  for await (const batch of source.batches()) if (held.push(...batch) >= ROWS_HELD) break;
  await source.close();
  const started = performance.now();
  const file = {
    about: request.about,
    codebook: codebookOf(request),
    columns: responseColumns(request),
    batches: batchesOf(held),
  };
  let bytes = 0;
  for await (const piece of writeCsvForPeople(file)) bytes += piece.length;
  if (bytes < rows) throw new Error('Nothing was written.');
  return performance.now() - started;
}

async function* batchesOf(held: readonly StoredResponse[]): AsyncGenerator<readonly OpenedResponse[]> {
  for (let start = 0; start < rows; start += BATCH) {
    const at = start % held.length;
    yield held.slice(at, at + Math.min(BATCH, rows - start)).map(openResponse);
  }
}

async function heldRows(): Promise<{ readonly headings: readonly string[]; readonly held: readonly Row[] }> {
  const request = await requestOf();
  const columns = responseColumns(request);
  const source = await readResponses(request);
  const held: Row[] = [];
  for await (const batch of source.batches()) {
    held.push(...batch.map(openResponse).map((row) => columns.map(({ worded }) => worded(row))));
    if (held.length >= ROWS_HELD) break;
  }
  await source.close();
  return { headings: columns.map(({ heading }) => heading), held };
}

function rowAt(held: readonly Row[], index: number): Row {
  return held[index % held.length] ?? [];
}

/** csv-stringify's stream, with the settings of French Excel. */
async function csvStringify(): Promise<number> {
  const { headings, held } = await heldRows();
  const started = performance.now();
  const stringifier = stringify({ delimiter: ';', bom: true, record_delimiter: 'windows' });
  const sink = stringifier.pipe(nowhere());
  stringifier.write(headings);
  for (let index = 0; index < rows; index += 1)
    if (!stringifier.write(rowAt(held, index))) await once(stringifier, 'drain');
  stringifier.end();
  await once(sink, 'finish');
  return performance.now() - started;
}

/** exceljs's streaming workbook: inline strings and no styles, its fastest. */
async function exceljsStream(): Promise<number> {
  const { headings, held } = await heldRows();
  const started = performance.now();
  const stream = nowhere();
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({
    stream,
    useStyles: false,
    useSharedStrings: false,
  });
  const sheet = workbook.addWorksheet('Réponses');
  sheet.addRow([...headings]).commit();
  for (let index = 0; index < rows; index += 1) {
    sheet.addRow([...rowAt(held, index)]).commit();
    // It writes into memory for as long as nobody lets it write out.
    if (index % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  sheet.commit();
  await workbook.commit();
  return performance.now() - started;
}

/** DuckDB's COPY of a table that holds the cells already, all cores, to a file. */
async function duckdb(): Promise<number> {
  const { headings, held } = await heldRows();
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`create table held (${headings.map((_, index) => `c${index} varchar`).join(', ')})`);
  const appender = await connection.createAppender('held');
  for (const row of held) {
    for (const cell of row)
      if (cell === null) appender.appendNull();
      else appender.appendVarchar(String(cell));
    appender.endRow();
  }
  appender.closeSync();
  await connection.run(
    `create table responses as select held.* from held, range(${Math.ceil(rows / held.length)}) limit ${rows}`,
  );
  const started = performance.now();
  await connection.run(`copy responses to '${dataDir}/duckdb.csv' (header, delimiter ';')`);
  return performance.now() - started;
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
