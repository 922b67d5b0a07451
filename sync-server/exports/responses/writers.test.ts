import { parquetReadObjects } from 'hyparquet';
import { readOds, readXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { hostileTexts } from './test-hostile-texts.ts';
import { bytesOf, responseFile, storedResponse } from './test-response-file.ts';
import { writeCsvForPeople, writeCsvForPrograms } from './write-csv.ts';
import { writeJson } from './write-json.ts';
import { writeOds } from './write-ods.ts';
import { writeParquet } from './write-parquet.ts';
import { writeXlsx } from './write-xlsx.ts';

const TEXTS = hostileTexts(5_000);
const hostileFile = () => responseFile(TEXTS.map((text) => storedResponse({ text })));
/** What XML cannot say stands as the sign for what could not be read. */
const UNSPEAKABLE = /(?![\t\n\r\u007F-\u009F])[\p{Cc}\uFFFE\uFFFF]/gu;

/** RFC 4180, written apart from the writers. */
function parseCsv(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell === '') isQuoted = true;
    else if (sign === delimiter) {
      row.push(cell);
      cell = '';
    } else if (sign === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      at += 1;
    } else cell += sign;
  }
  return rows;
}
const columnOf = (rows: readonly (readonly unknown[])[], heading: string): unknown[] => {
  const [headings = [], ...others] = rows;
  const index = headings.indexOf(heading);
  expect(index, heading).toBeGreaterThan(-1);
  return others.map((row) => row[index]);
};

describe('5,000 hostile texts come back as they were', () => {
  it('from the CSV for people, but for the guard and the ends of lines, and none begins as a formula', async () => {
    const text = (await bytesOf(writeCsvForPeople, hostileFile())).toString('utf8');
    expect(text.startsWith('\uFEFF')).toBe(true);
    const cells = columnOf(parseCsv(text.slice(1), ';'), 'Suggestion') as string[];
    expect(cells).toHaveLength(TEXTS.length);
    cells.forEach((cell, index) => {
      expect(cell.replace(/^'/, '')).toBe(TEXTS[index]?.replaceAll(/\r\n?/g, '\n').replace(/^'/, ''));
      expect(cell.replaceAll(/[\s\p{Cc}\p{Cf}]/gu, '')).not.toMatch(/^[=+\-@＝＋－＠]/);
    });
  });

  it('from the CSV for programs, letter for letter', async () => {
    const text = (await bytesOf(writeCsvForPrograms, hostileFile())).toString('utf8');
    expect(columnOf(parseCsv(text, ','), 'text')).toEqual(TEXTS);
  });

  it('from the workbook, letter for letter', async () => {
    const { sheets } = await readXlsx(await bytesOf(writeXlsx, hostileFile()));
    expect(columnOf(sheets[0]?.rows ?? [], 'Suggestion')).toEqual(TEXTS);
    expect(sheets.map(({ name }) => name)).toEqual(['Réponses', 'À propos', 'Codes', 'Dictionnaire']);
  });

  it('from the OpenDocument spreadsheet, but for what XML cannot say', async () => {
    const { sheets } = await readOds(await bytesOf(writeOds, hostileFile()));
    expect(columnOf(sheets[0]?.rows ?? [], 'Suggestion')).toEqual(
      TEXTS.map((text) => text.replaceAll(/\r\n?/g, '\n').replaceAll(UNSPEAKABLE, '\uFFFD')),
    );
    expect(sheets.map(({ name }) => name)).toEqual(['Réponses', 'À propos', 'Codes', 'Dictionnaire']);
  });

  it('from JSON, letter for letter', async () => {
    const { responses } = JSON.parse((await bytesOf(writeJson, hostileFile())).toString('utf8')) as {
      responses: { text: string }[];
    };
    expect(responses.map(({ text }) => text)).toEqual(TEXTS);
  });

  it('from Parquet, letter for letter', async () => {
    const bytes = await bytesOf(writeParquet, hostileFile());
    const rows = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
    expect(rows.map((row) => row['text'])).toEqual(TEXTS);
    expect(rows[0]).toMatchObject({ duration_seconds: 9, local_date: new Date('2026-11-18T00:00:00Z') });
  });
});

const csvRows = (delimiter: string) => async (bytes: Buffer) =>
  parseCsv(bytes.toString('utf8'), delimiter).length - 1;

describe.each([
  ['CSV for people', writeCsvForPeople, csvRows(';')],
  ['CSV for programs', writeCsvForPrograms, csvRows(',')],
  ['XLSX', writeXlsx, async (bytes: Buffer) => ((await readXlsx(bytes)).sheets[0]?.rows.length ?? 0) - 1],
  ['ODS', writeOds, async (bytes: Buffer) => ((await readOds(bytes)).sheets[0]?.rows.length ?? 0) - 1],
  ['JSON', writeJson, async (bytes: Buffer) => JSON.parse(bytes.toString('utf8')).responses.length as number],
  [
    'Parquet',
    writeParquet,
    async (bytes: Buffer) => (await parquetReadObjects({ file: new Uint8Array(bytes).buffer })).length,
  ],
] as const)('the writer of %s', (_name, write, rowsIn) => {
  it('reads no further than it is asked to write', async () => {
    const rows = 200_000;
    let batches = 0;
    const stored = Array<ReturnType<typeof storedResponse>>(rows).fill(
      storedResponse({ text: 'x'.repeat(50) }),
    );
    const file = responseFile(stored, {
      onBatch: () => {
        batches += 1;
      },
    });
    const pieces = write(file);
    // The heading, and a few pieces of content.
    for (let piece = 0; piece < 3; piece += 1) await pieces.next();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(batches).toBeLessThan(rows / 1_000 / 2);
    await pieces.return(undefined);
  });

  it.each([0, 1, 2_500])('writes a file of %i rows that can be read', async (rows) => {
    const stored = Array.from({ length: rows }, (_, index) => storedResponse({ text: String(index) }));
    expect(await rowsIn(await bytesOf(write, responseFile(stored)))).toBe(rows);
  });
});

it('goes on on another sheet where one is full', async () => {
  const { sheets } = await readXlsx(
    await bytesOf(
      (file) => writeXlsx(file, 3),
      responseFile(
        ['un', 'deux', 'trois', 'quatre', 'cinq'].map((text) => storedResponse({ text })),
        { batch: 2 },
      ),
    ),
  );
  expect(sheets.map(({ name }) => name).slice(0, 3)).toEqual(['Réponses', 'Réponses 2', 'Réponses 3']);
  expect(sheets.slice(0, 3).flatMap(({ rows }) => columnOf(rows, 'Suggestion'))).toEqual([
    'un',
    'deux',
    'trois',
    'quatre',
    'cinq',
  ]);
});
