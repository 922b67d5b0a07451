import { type Download, downloadResponses } from './export/download.ts';
import { type PeerName, type Run, runPeer } from './export/peers.ts';
import { median, rounded } from './quantiles.ts';
import { signedInCookie } from './server/sign-in.ts';
import { type ParvisServer, startParvis } from './server/parvis-server.ts';
import { type Figures, judge, type Measured } from './targets.ts';
import { type BenchOptions, openBenchStores, type StoredWeeks } from './weekly/stored-week.ts';

const MOST_MEMORY_MB = 300;
/** CSV and what it is held against are taken in turn, so that a change of the machine's load meets all of them; the figures are medians. */
const ROUNDS = 3;
const OTHER_FORMATS = ['xlsx', 'ods', 'json', 'parquet'] as const;

/**
 * Every one of a million responses as a file from a real server, beside what others take for the same rows: reading them and writing nothing;
 * csv-stringify and exceljs with the rows in their hands; the whole export written with csv-stringify; DuckDB with a table of them in memory.
 * Ours is the whole way each time, from the request to the last byte: the process that is started, the count, reading, writing and sending.
 */
export async function run({ engine, size }: BenchOptions): Promise<Measured> {
  const stores = await openBenchStores(engine);
  try {
    const store = await stores.filledWith(size);
    const server = await startParvis(store.dataDir, store.databaseUrl);
    try {
      return await measure(server, store, size);
    } finally {
      await server.stop();
    }
  } finally {
    await stores.close();
  }
}

async function measure(server: ParvisServer, store: StoredWeeks, size: number): Promise<Measured> {
  const cookie = await signedInCookie(server);
  const download = async (format: string): Promise<Download> => {
    const done = await downloadResponses(server, cookie, `responses.${format}`);
    if (done.rows !== size) throw new Error(`${done.rows} rows were exported instead of ${size}.`);
    return done;
  };
  const peer = async (name: PeerName): Promise<Run> => runPeer(name, store, size);
  const ms: Record<'reading' | 'csvStringify' | 'csv', number[]> = { reading: [], csvStringify: [], csv: [] };
  const files: [string, Download][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ms.reading.push((await peer('reading')).ms);
    ms.csvStringify.push((await peer('csvStringify')).ms);
    const csv = await download('csv');
    ms.csv.push(csv.ms);
    files.push(['csv', csv]);
  }
  const exceljs = await peer('exceljs');
  for (const format of OTHER_FORMATS) files.push([format, await download(format)]);
  const stringified = await peer('csvStringifyExport');
  const duckdb = await peer('duckdb');
  const fileOf = Object.fromEntries(files) as Record<(typeof OTHER_FORMATS)[number] | 'csv', Download>;
  const csvMs = median(ms.csv);
  return judge(
    {
      csvTimesCsvStringify: rounded(median(ms.csvStringify) / csvMs, 2),
      csvTimesReading: rounded(csvMs / median(ms.reading), 2),
      xlsxTimesExceljs: rounded(exceljs.ms / fileOf.xlsx.ms, 2),
      xlsxMemoryOfExceljs: rounded(fileOf.xlsx.writerPeakMb / exceljs.peakRssMb, 2),
      peakTogetherMb: rounded(Math.max(...files.map(([, { togetherPeakMb }]) => togetherPeakMb)), 1),
      csvTimesCsvStringifyExport: rounded(stringified.ms / csvMs, 2),
      readingMs: rounded(median(ms.reading), 0),
      csvStringifyMs: rounded(median(ms.csvStringify), 0),
      csvStringifyExportMs: rounded(stringified.ms, 0),
      exceljsMs: rounded(exceljs.ms, 0),
      exceljsPeakMb: rounded(exceljs.peakRssMb, 1),
      duckdbCopyMs: rounded(duckdb.ms, 0),
      ...files.reduce<Figures>((figures, [format, file]) => ({ ...figures, ...figuresOf(format, file) }), {}),
      csvMs: rounded(csvMs, 0),
    },
    {
      csvTimesCsvStringify: { atLeast: 1.2 },
      csvTimesReading: { atMost: 2 },
      xlsxTimesExceljs: { atLeast: 1 },
      xlsxMemoryOfExceljs: { atMost: 1 / 3 },
      peakTogetherMb: { atMost: MOST_MEMORY_MB },
    },
  );
}

function figuresOf(format: string, { ms, bytes, togetherPeakMb, writerPeakMb }: Download): Figures {
  return {
    [`${format}Ms`]: rounded(ms, 0),
    [`${format}Mb`]: rounded(bytes / 1e6, 1),
    [`${format}TogetherPeakMb`]: rounded(togetherPeakMb, 1),
    [`${format}WriterPeakMb`]: rounded(writerPeakMb, 1),
  };
}
