import { guarded } from '../csv.ts';
import { dayText } from '../words.ts';
import type { OpenedResponse, ResponseCell, ResponseColumn } from './columns.ts';
import { remembered, type ResponsesWriter } from './file.ts';

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

/**
 * Own code where a library would do: what stands in a coded column is escaped once for the whole file, which no general writer can know, and a
 * million lines are written in a fraction of its time (`npm run bench -- export`).
 */
async function* writeCsv(
  columns: readonly ResponseColumn[],
  batches: AsyncIterable<readonly OpenedResponse[]>,
  dialect: Dialect,
): AsyncGenerator<Uint8Array> {
  const { delimiter, start, heading, cellOf, text, day } = dialect;
  const quote = delimiter === ';' ? quotedForSemicolons : quotedForCommas;
  const free = (cell: string) => quote(text(cell));
  const cells = columns.map((column): ((row: OpenedResponse) => string) => {
    const value = cellOf(column);
    const known = remembered(column.kind === 'day' ? day : free);
    const write = column.isFree ? free : known;
    return (row) => shown(value(row), write);
  });
  yield Buffer.from(start + columns.map((column) => quote(text(heading(column)))).join(delimiter) + LINE_END);
  const [first, ...others] = cells;
  if (first === undefined) return;
  for await (const batch of batches) {
    let lines = '';
    for (const row of batch) {
      lines += first(row);
      for (const cell of others) lines += delimiter + cell(row);
      lines += LINE_END;
    }
    yield Buffer.from(lines);
  }
}

function shown(cell: ResponseCell, write: (text: string) => string): string {
  if (cell === null) return '';
  return typeof cell === 'number' ? String(cell) : write(cell);
}

function quotedForSemicolons(text: string): string {
  return /[";\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function quotedForCommas(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
