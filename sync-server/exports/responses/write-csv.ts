import { guarded } from '../csv.ts';
import { dayText } from '../words.ts';
import type { ResponseColumn } from './columns.ts';
import type { ResponsesWriter } from './file.ts';
import type { OpenedResponse } from './opened-response.ts';
import { rowParts } from './row-parts.ts';
import { Utf8Chunks, utf8Text } from './utf8-text.ts';
import { PLAIN } from './xml-text.ts';

const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';

/** As French Excel opens it by a double click: byte order mark, semicolons, CRLF, days as `dd/mm/yyyy`, no formula. */
export const writeCsvForPeople: ResponsesWriter = async function* ({ columns, batches }) {
  yield* writeCsv(columns, batches, {
    delimiter: ';',
    start: BYTE_ORDER_MARK,
    heading: ({ heading }) => heading,
    cellOf: ({ worded }) => worded,
    text: (text) => guarded(text.replaceAll(/\r\n?/g, '\n')),
    day: dayText,
  });
};

/** RFC 4180 as programs read it: UTF-8 without a mark, commas, codes instead of words, ISO days, nothing guarded and nothing altered. */
export const writeCsvForPrograms: ResponsesWriter = async function* ({ columns, batches }) {
  yield* writeCsv(columns, batches, {
    delimiter: ',',
    start: '',
    heading: ({ code }) => code,
    cellOf: ({ coded }) => coded,
    text: (text) => text,
    day: (day) => day,
  });
};

interface Dialect {
  readonly delimiter: ',' | ';';
  readonly start: string;
  readonly heading: (column: ResponseColumn) => string;
  readonly cellOf: (column: ResponseColumn) => ResponseColumn['worded'];
  readonly text: (text: string) => string;
  readonly day: (day: string) => string;
}

async function* writeCsv(
  columns: readonly ResponseColumn[],
  batches: AsyncIterable<readonly OpenedResponse[]>,
  dialect: Dialect,
): AsyncGenerator<Uint8Array> {
  const { delimiter, start, heading, text } = dialect;
  const quote = delimiter === ';' ? quotedForSemicolons : quotedForCommas;
  const parts = rowParts<OpenedResponse, ResponseColumn, string>(columns, (side, first) => {
    const cells = side.map((column, index) => {
      const before = first + index === 0 ? '' : delimiter;
      const cell = cellWriter(column, dialect, quote);
      return (row: OpenedResponse) => before + cell(row);
    });
    const [only] = cells;
    return only !== undefined && cells.length === 1 ? only : (row) => cells.map((cell) => cell(row)).join('');
  });
  const chunks = new Utf8Chunks();
  chunks.add(
    utf8Text(start + columns.map((column) => quote(text(heading(column)))).join(delimiter) + LINE_END),
  );
  for await (const batch of batches)
    for (const row of batch) {
      let line = '';
      for (const part of parts) line += part(row);
      chunks.add(line + LINE_END);
      if (chunks.isFull) yield chunks.take();
    }
  yield chunks.take();
}

function cellWriter(
  column: ResponseColumn,
  { cellOf, text, day }: Dialect,
  quote: (text: string) => string,
): (row: OpenedResponse) => string {
  const value = cellOf(column);
  const { isFree, isPlain } = column;
  // What a visitor wrote is quoted whatever it is: « 00033 » in quotes may be read as text.
  const written =
    column.kind === 'day'
      ? day
      : isFree
        ? (cell: string) => quoted(text(cell))
        : (cell: string) => quote(text(cell));
  return (row) => {
    const cell = value(row);
    if (cell === null) return '';
    if (typeof cell === 'number') return String(cell);
    return isPlain || (isFree && PLAIN.test(cell)) ? `"${cell}"` : utf8Text(written(cell));
  };
}

function quotedForSemicolons(text: string): string {
  return /[";\r\n]|^\s|\s$/.test(text) ? quoted(text) : text;
}

function quotedForCommas(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? quoted(text) : text;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
