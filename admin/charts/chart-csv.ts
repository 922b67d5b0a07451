import type { ChartCell, ChartColumn, ChartFile } from './chart-file.ts';

/** A text that a spreadsheet would take for a formula, full-width forms and what invisible signs may stand before it included. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n\0]/u;
const WHOLE = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0, useGrouping: false });
const TENTHS = new Intl.NumberFormat('fr-FR', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  useGrouping: false,
});

/** The data under a chart as French Excel opens them, like the other exports: semicolons, byte order mark, CRLF, decimal commas, days as `dd/mm/yyyy`. */
export function chartCsv({ columns, rows }: Pick<ChartFile, 'columns' | 'rows'>): string {
  const lines = [
    columns.map(({ name }) => name),
    ...rows.map((row) => columns.map((column, index) => cellText(row[index] ?? null, column))),
  ];
  return `\uFEFF${lines.map((cells) => cells.map(quoted).join(';')).join('\r\n')}\r\n`;
}

function cellText(cell: ChartCell, { kind }: ChartColumn): string {
  if (cell === null) return '';
  if (typeof cell === 'string')
    return kind === 'day' ? cell.split('-').toReversed().join('/') : FORMULA.test(cell) ? `'${cell}` : cell;
  return kind === 'count' ? WHOLE.format(cell) : TENTHS.format(kind === 'share' ? cell * 100 : cell);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
