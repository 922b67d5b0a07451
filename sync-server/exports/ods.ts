import { odsOf } from './responses/write-ods.ts';
import { plainSheet, type RowSheet } from './responses/sheets.ts';
import type { Export, Table } from './table.ts';
import { typeset } from './words.ts';

/** A spreadsheet for LibreOffice that explains itself: its tables, what it is of, and a dictionary of every column. */
export async function writeOds({ about, tables }: Export): Promise<Buffer> {
  const sheets = [
    ...tables.map(tableSheet),
    plainSheet(
      'À propos',
      [
        { heading: 'Renseignement', kind: 'text' },
        { heading: 'Valeur', kind: 'text' },
      ],
      about,
    ),
    plainSheet(
      'Dictionnaire',
      ['Feuille', 'Colonne', 'Signification', 'Unité', 'Mesure'].map((heading) => ({
        heading,
        kind: 'text' as const,
      })),
      tables.flatMap((table) =>
        table.columns.map(({ name, meaning, unit, measure }) => [
          table.name,
          name,
          typeset(meaning),
          unit,
          measure,
        ]),
      ),
    ),
  ];
  const pieces: Uint8Array[] = [];
  for await (const piece of odsOf(sheets)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Shares are written as percentages, as in every other file. */
function tableSheet({ name, columns, cells }: Table): RowSheet<readonly (string | number | null)[]> {
  return plainSheet(
    name,
    columns.map((column) => ({ heading: column.name, kind: column.kind })),
    cells.map((row) =>
      row.map((cell, index) =>
        columns[index]?.kind === 'share' && typeof cell === 'number'
          ? Number((cell * 100).toPrecision(12))
          : cell,
      ),
    ),
  );
}
