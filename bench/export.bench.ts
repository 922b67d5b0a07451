import { localMoment } from '../domain/local-time.ts';
import { firstDayOf, weekOf } from '../domain/weeks.ts';
import { downloadResponses } from './export/download.ts';
import { runPeer } from './export/peers.ts';
import { rounded } from './quantiles.ts';
import { signedInCookie } from './server/sign-in.ts';
import { startParvis } from './server/parvis-server.ts';
import { judge, type Measured } from './targets.ts';
import { storeWith } from './weekly/stored-week.ts';

const ROWS = 1_000_000;
const MOST_MEMORY_MB = 300;

/**
 * Every one of a million responses as CSV, XLSX and ODS from a real server, beside what others take for the same rows: reading them and writing
 * nothing; csv-stringify, our own writer of CSV and exceljs with the rows in their hands; DuckDB with a table of them in memory.
 */
export async function run(): Promise<Measured> {
  const monday = firstDayOf(weekOf(localMoment(Date.now(), 'Europe/Paris').date));
  const dataDir = await storeWith(ROWS, monday);
  const reading = await runPeer('reading', dataDir, ROWS);
  const csvWriter = await runPeer('csvWriter', dataDir, ROWS);
  const csvStringify = await runPeer('csvStringify', dataDir, ROWS);
  const exceljs = await runPeer('exceljs', dataDir, ROWS);
  const duckdb = await runPeer('duckdb', dataDir, ROWS);
  const server = await startParvis(dataDir);
  try {
    const cookie = await signedInCookie(server);
    const csv = await downloadResponses(server, cookie, 'responses.csv');
    const xlsx = await downloadResponses(server, cookie, 'responses.xlsx');
    const ods = await downloadResponses(server, cookie, 'responses.ods');
    const parquet = await downloadResponses(server, cookie, 'responses.parquet');
    for (const { rows } of [csv, xlsx, ods, parquet])
      if (rows !== ROWS) throw new Error(`${rows} rows were exported instead of ${ROWS}.`);
    const all = [csv, xlsx, ods, parquet];
    const peakServerMb = Math.max(...all.map((one) => one.serverPeakMb));
    const withWriterMb = Math.max(...all.map((one) => one.peakRssMb));
    return judge(
      {
        csvTimesCsvStringify: rounded(csvStringify.ms / csvWriter.ms, 2),
        csvTimesReading: rounded(csv.ms / reading.ms, 2),
        xlsxTimesExceljs: rounded(exceljs.ms / xlsx.ms, 2),
        xlsxMemoryOfExceljs: rounded(xlsx.peakRssMb / exceljs.peakRssMb, 2),
        peakServerMb: rounded(peakServerMb, 1),
        peakWithWriterMb: rounded(withWriterMb, 1),
        csvMs: rounded(csv.ms, 0),
        xlsxMs: rounded(xlsx.ms, 0),
        odsMs: rounded(ods.ms, 0),
        parquetMs: rounded(parquet.ms, 0),
        csvMb: rounded(csv.bytes / 1e6, 1),
        xlsxMb: rounded(xlsx.bytes / 1e6, 1),
        odsMb: rounded(ods.bytes / 1e6, 1),
        parquetMb: rounded(parquet.bytes / 1e6, 1),
        csvWriterMs: rounded(csvWriter.ms, 0),
        csvPeakMb: rounded(csv.peakRssMb, 1),
        xlsxPeakMb: rounded(xlsx.peakRssMb, 1),
        odsPeakMb: rounded(ods.peakRssMb, 1),
        parquetPeakMb: rounded(parquet.peakRssMb, 1),
        readingMs: rounded(reading.ms, 0),
        csvStringifyMs: rounded(csvStringify.ms, 0),
        exceljsMs: rounded(exceljs.ms, 0),
        exceljsPeakMb: rounded(exceljs.peakRssMb, 1),
        duckdbCopyMs: rounded(duckdb.ms, 0),
      },
      {
        csvTimesCsvStringify: { atLeast: 1.2 },
        csvTimesReading: { atMost: 2 },
        xlsxTimesExceljs: { atLeast: 1 },
        xlsxMemoryOfExceljs: { atMost: 1 / 3 },
        peakServerMb: { atMost: MOST_MEMORY_MB },
      },
    );
  } finally {
    await server.stop();
  }
}
