import { stringify } from 'csv-stringify/sync';
import type { CellKind, Export } from './table.ts';

/**
 * A text that a spreadsheet would take for a formula (OWASP, CSV injection), full-width forms and what invisible signs may
 * stand before it included.
 */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n\0]/u;
const DIGITS: Readonly<Record<Exclude<CellKind, 'text' | 'day'>, Intl.NumberFormat>> = {
  count: decimals(0, 0),
  share: decimals(1, 1),
  decimal: decimals(1, 1),
  probability: decimals(3, 6),
};

/** As French Excel opens it by a double click: semicolons, byte order mark, CRLF, decimal commas, days as `dd/mm/yyyy`. */
export function writeCsv({ tables: [table] }: Export): string {
  const kinds = table.columns.map((column) => column.kind);
  return stringify(
    [
      table.columns.map((column) => column.name),
      ...table.cells.map((row) => row.map((cell, index) => cellText(cell, kinds[index] ?? 'text'))),
    ],
    { delimiter: ';', bom: true, record_delimiter: 'windows', quoted: true, quoted_empty: true },
  );
}

function cellText(cell: string | number | null, kind: CellKind): string {
  if (cell === null) return '';
  if (kind === 'day') return String(cell).split('-').toReversed().join('/');
  if (kind === 'text' || typeof cell === 'string') return guarded(String(cell).replaceAll(/\r\n?/g, '\n'));
  return DIGITS[kind].format(kind === 'share' ? cell * 100 : cell);
}

/** Only texts are guarded: a negative number is a number. */
export function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** « −0,5 » with the hyphen that a spreadsheet reads, « 1234,5 » without a space. */
function decimals(least: number, most: number): Intl.NumberFormat {
  return new Intl.NumberFormat('fr-FR', {
    minimumFractionDigits: least,
    maximumFractionDigits: most,
    useGrouping: false,
  });
}
