import type { CellStyle, CellValue, WriteSheet } from 'hucre';
import type { CellKind, Export, Table } from './table.ts';
import { typeset } from './words.ts';

const NUMBER_FORMATS: Readonly<Record<CellKind, string | undefined>> = {
  text: undefined,
  count: '0',
  share: '0.0',
  decimal: '0.0',
  probability: '0.0000',
  day: 'dd/mm/yyyy',
};
const HEADING: CellStyle = { font: { bold: true } };
const MAX_WIDTH = 60;

/** A workbook that explains itself: what it is of, its tables, and a dictionary of every column. */
export async function writeWorkbook({ about, tables }: Export): Promise<Uint8Array> {
  // Fetched with the first workbook: taking answers does without it.
  const { writeXlsx } = await import('hucre');
  return writeXlsx({
    sheets: [
      plainSheet('À propos', [['Renseignement', 'Valeur'], ...about]),
      ...tables.map(tableSheet),
      plainSheet('Dictionnaire', [
        ['Feuille', 'Colonne', 'Signification', 'Unité', 'Mesure'],
        ...tables.flatMap((table) =>
          table.columns.map(({ name, meaning, unit, measure }) => [
            table.name,
            name,
            typeset(meaning),
            unit,
            measure,
          ]),
        ),
      ]),
    ],
    properties: { title: 'Parvis', creator: 'Parvis' },
    // The table of the data opens first.
    activeSheet: 1,
  });
}

function tableSheet({ name, columns, cells }: Table): WriteSheet {
  const rows = [
    columns.map((column) => column.name),
    ...cells.map((row) => row.map((cell, index) => cellValue(cell, columns[index]?.kind ?? 'text'))),
  ];
  return {
    ...sheetOf(name, rows),
    columns: columns.map(({ kind }, index) => ({
      ...widthOf(rows, index),
      ...(NUMBER_FORMATS[kind] === undefined ? {} : { numFmt: NUMBER_FORMATS[kind] }),
    })),
  };
}

function plainSheet(name: string, texts: readonly (readonly string[])[]): WriteSheet {
  const rows = texts.map((row) => row.map(safeText));
  return { ...sheetOf(name, rows), columns: (rows[0] ?? []).map((_, index) => widthOf(rows, index)) };
}

function sheetOf(name: string, rows: CellValue[][]): WriteSheet {
  return {
    name,
    rows,
    freezePane: { rows: 1 },
    cells: new Map((rows[0] ?? []).map((value, index) => [`0,${index}`, { value, style: HEADING }])),
  };
}

function cellValue(cell: string | number | null, kind: CellKind): CellValue {
  if (cell === null) return null;
  if (kind === 'day') return new Date(`${cell}T00:00:00Z`);
  if (typeof cell === 'string') return safeText(cell);
  return kind === 'share' ? percentage(cell) : cell;
}

/** Written as a string, never as a formula. What looks like the format's own escape (`_x0041_`) is escaped, or it would read A. */
function safeText(text: string): string {
  return text.replaceAll(/_x[0-9A-Fa-f]{4}_/g, '_x005F$&');
}

/** 0.849 × 100 is 84.89999999999999 in binary; nobody wants to see that in a cell. */
function percentage(share: number): number {
  return Number((share * 100).toPrecision(12));
}

function widthOf(rows: readonly CellValue[][], index: number): { readonly width: number } {
  const longest = rows.reduce((most, row) => Math.max(most, shownLength(row[index] ?? '')), 0);
  return { width: Math.min(MAX_WIDTH, Math.max(10, longest + 2)) };
}

function shownLength(value: CellValue): number {
  return value instanceof Date ? 'dd/mm/yyyy'.length : String(value).length;
}
