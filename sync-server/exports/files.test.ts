import fc from 'fast-check';
import { readXlsx } from 'hucre';
import { expect, it } from 'vitest';
import { writeCsv } from './csv.ts';
import { type CellKind, type Export, tableOf } from './table.ts';
import { writeWorkbook } from './xlsx.ts';

const column = (kind: CellKind) => ({
  name: kind,
  kind,
  meaning: '',
  unit: '',
  measure: '',
  value: (cell: string | number | null) => cell,
});
const fileOf = (kind: CellKind, cells: readonly (string | number | null)[]): Export => ({
  fileName: 'x',
  about: [],
  tables: [tableOf('Données', [column(kind)], cells)],
});
const csvCell = (kind: CellKind, cell: string | number | null) =>
  writeCsv(fileOf(kind, [cell]))
    .split('\r\n')
    .slice(1)
    .join('\r\n')
    .slice(1, -3)
    .replaceAll('""', '"');
const xlsxCell = async (text: string) =>
  (await readXlsx(await writeWorkbook(fileOf('text', [text])))).sheets[1]?.rows[1]?.[0] ?? '';

/** Any text a visitor may have typed: whole characters, signs that formats and spreadsheets use included. */
const texts = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({
    unit: fc.constantFrom(...'=+-@＝";\t\n_x0041<&>]\'a é\u200B\u202E\u0000\u000B', '\r\n', '😀'),
    minLength: 1,
  }),
);

it('gives any text back, letter for letter, in a workbook', async () => {
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      expect(await xlsxCell(text)).toBe(text);
    }),
    { numRuns: 100 },
  );
});

it('gives any text back in a CSV file, but for the guard and the ends of lines, and never begins as a formula', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const cell = csvCell('text', text);
      expect(cell.replace(/^'/, '')).toBe(text.replaceAll(/\r\n?/g, '\n').replace(/^'/, ''));
      expect(cell).not.toMatch(/^[=+\-@＝＋－＠\t\r\0]/);
      expect(cell.replaceAll(/[\s\p{Cc}\p{Cf}]/gu, '')).not.toMatch(/^[=+\-@＝＋－＠]/);
    }),
    { numRuns: 2_000 },
  );
});

it('writes numbers as French Excel reads them', () => {
  expect(csvCell('share', 44 / 47)).toBe('93,6');
  expect(csvCell('share', 1)).toBe('100,0');
  expect(csvCell('share', -0.5)).toBe('-50,0');
  expect(csvCell('count', 12_345)).toBe('12345');
  expect(csvCell('decimal', 7.85)).toBe('7,9');
  expect(csvCell('probability', 0.0000347)).toBe('0,000035');
  expect(csvCell('day', '2026-11-08')).toBe('08/11/2026');
  expect(csvCell('count', null)).toBe('');
});
