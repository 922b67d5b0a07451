import type { CellKind } from '../table.ts';
import { typeset } from '../words.ts';
import type { ResponseCell, ResponseColumn } from './columns.ts';
import type { OpenedResponse } from './opened-response.ts';
import type { ResponsesFile } from './file.ts';
import type { BlockOf } from './row-parts.ts';

/** A sheet of a workbook that is written as it is read: headings, then rows until there are no more. */
export interface RowSheet<Row> {
  readonly name: string;
  readonly columns: readonly SheetColumn<Row>[];
  readonly batches: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;
}

export interface SheetColumn<Row> {
  readonly heading: string;
  readonly kind: CellKind;
  readonly isFree: boolean;
  readonly block: BlockOf<Row>;
  /** In characters. */
  readonly width: number;
  readonly value: (row: Row) => ResponseCell;
}

type PlainRow = readonly ResponseCell[];

/** What a sheet can hold in any spreadsheet program, its headings included. */
export const MOST_SHEET_ROWS = 1_048_576;

/** The responses in words. */
export function responsesSheet({ columns, batches }: ResponsesFile): RowSheet<OpenedResponse> {
  return { name: 'Réponses', columns: columns.map(wordedColumn), batches };
}

/** What explains them: what was asked for, what each code means, what each column is. */
export function explainingSheets({ about, codebook, columns }: ResponsesFile): readonly RowSheet<PlainRow>[] {
  return [
    plainSheet('À propos', [column('Renseignement'), column('Valeur')], about),
    plainSheet(
      codebook.name,
      codebook.columns.map(({ name, kind }) => ({ heading: name, kind })),
      codebook.cells,
    ),
    plainSheet(
      'Dictionnaire',
      [column('Colonne'), column('Colonne des fichiers pour logiciels'), column('Signification')],
      columns.map(({ heading, code, meaning }) => [heading, code, typeset(meaning)]),
    ),
  ];
}

function wordedColumn(of: ResponseColumn): SheetColumn<OpenedResponse> {
  const { heading, kind, isFree, block, worded } = of;
  return { heading, kind, isFree, block, width: widthOf(heading), value: worded };
}

function column(heading: string): { readonly heading: string; readonly kind: CellKind } {
  return { heading, kind: 'text' };
}

/** A sheet of what is in hand already. */
export function plainSheet(
  name: string,
  columns: readonly { readonly heading: string; readonly kind: CellKind }[],
  rows: readonly PlainRow[],
): RowSheet<PlainRow> {
  return {
    name,
    columns: columns.map(({ heading, kind }, index) => ({
      heading,
      kind,
      isFree: false,
      block: null,
      width: Math.max(widthOf(heading), ...rows.map((row) => widthOf(String(row[index] ?? '')))),
      value: (row) => row[index] ?? null,
    })),
    batches: [rows],
  };
}

function widthOf(text: string): number {
  return Math.min(60, Math.max(10, text.length + 2));
}
