import { once } from 'node:events';
import { Writable } from 'node:stream';
import { stringify, type Stringifier } from 'csv-stringify';
import { DuckDBInstance } from '@duckdb/node-api';
import exceljs from 'exceljs';
import { SYSTEM_CLOCK } from '../../sync-server/clock.ts';
import { responseColumns } from '../../sync-server/exports/responses/columns.ts';
import { responseOpener } from '../../sync-server/exports/responses/opened-response.ts';
import type { ResponsesRequest } from '../../sync-server/exports/responses/request.ts';
import { readResponses } from '../../sync-server/exports/responses/stored-responses.ts';
import { wantedResponses } from '../../sync-server/exports/responses/wanted-responses.ts';
import { wholeScope } from '../../sync-server/people/scope.ts';
import { openStore } from '../../sync-server/store/open-store.ts';

/*
 * One peer of the export, alone in a process: `peer.ts NAME DATA_DIR DATABASE_URL ROWS`. Says in one line of JSON how long it took and the
 * most memory it held.
 */
type Row = readonly (string | number | null)[];
/** So many rows of the store are held, and written again and again: what a peer costs is its own, not the reading; and they are no burden. */
const ROWS_HELD = 5_000;

const [name = '', dataDir = '', databaseUrl = '', count = '0'] = process.argv.slice(2);
const rows = Number(count);
const PEERS: Readonly<Record<string, () => Promise<number>>> = {
  reading,
  csvStringify,
  csvStringifyExport,
  exceljs: exceljsStream,
  duckdb,
};
const ms = await PEERS[name]?.();
const { user, system } = process.cpuUsage();
process.stdout.write(
  JSON.stringify({
    ms,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
    cpuMs: (user + system) / 1000,
  }),
);

async function requestOf(): Promise<ResponsesRequest> {
  const url = databaseUrl === '' ? null : databaseUrl;
  const store = await openStore({ dataDir, databaseUrl: url }, SYSTEM_CLOCK);
  const organisationIds = (
    await store.db.selectFrom('organisations').select('organisation_id').execute()
  ).map((row) => row.organisation_id);
  const deps = { store, clock: SYSTEM_CLOCK, databaseUrl: url };
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
  for await (const { responses } of source.batches()) read += responses.length;
  await source.close();
  if (read !== rows) throw new Error(`${read} rows were read instead of ${rows}.`);
  return performance.now() - started;
}

/** The rows of the store as cells, some at a time. */
async function* cellRows(request: ResponsesRequest): AsyncGenerator<readonly Row[]> {
  const columns = responseColumns(request);
  const open = responseOpener();
  const source = await readResponses(request);
  try {
    for await (const batch of source.batches())
      yield open(batch).map((row) => columns.map(({ worded }) => worded(row)));
  } finally {
    await source.close();
  }
}

async function heldRows(): Promise<{ readonly headings: readonly string[]; readonly held: readonly Row[] }> {
  const request = await requestOf();
  const held: Row[] = [];
  for await (const batch of cellRows(request)) {
    held.push(...batch);
    if (held.length >= ROWS_HELD) break;
  }
  return { headings: responseColumns(request).map(({ heading }) => heading), held };
}

function rowAt(held: readonly Row[], index: number): Row {
  return held[index % held.length] ?? [];
}

/** csv-stringify's stream with the rows in its hands: what it takes by itself. */
async function csvStringify(): Promise<number> {
  const { headings, held } = await heldRows();
  const started = performance.now();
  await stringified(headings, async (stringifier) => {
    for (let index = 0; index < rows; index += 1)
      if (!stringifier.write(rowAt(held, index))) await once(stringifier, 'drain');
  });
  return performance.now() - started;
}

/** The same export written with it: the rows read, worded and handed to csv-stringify. */
async function csvStringifyExport(): Promise<number> {
  const request = await requestOf();
  const started = performance.now();
  await stringified(
    responseColumns(request).map(({ heading }) => heading),
    async (stringifier) => {
      for await (const batch of cellRows(request))
        for (const row of batch) if (!stringifier.write(row)) await once(stringifier, 'drain');
    },
  );
  return performance.now() - started;
}

/** With the settings of French Excel, and with its own guard against formulas, as a file for people must have: both do the same work. */
async function stringified(
  headings: readonly string[],
  writeRows: (stringifier: Stringifier) => Promise<void>,
): Promise<void> {
  const stringifier = stringify({
    delimiter: ';',
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
  });
  const sink = stringifier.pipe(nowhere());
  stringifier.write(headings);
  await writeRows(stringifier);
  stringifier.end();
  await once(sink, 'finish');
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
    if (index % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
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
