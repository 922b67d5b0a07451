import { guarded } from '../csv.ts';
import { dayText } from '../words.ts';
import type { ResponseCell, ResponseColumn } from './columns.ts';
import { blockKey, type OpenedResponse } from './opened-response.ts';
import type { ResponsesWriter } from './file.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { rememberedBy } from './remembered.ts';

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
  const { delimiter, start, heading, text } = dialect;
  const quote = delimiter === ';' ? quotedForSemicolons : quotedForCommas;
  const parts = partsOf(columns, dialect, {
    few: (cell) => quote(text(cell)),
    // What a visitor wrote is quoted whatever it is: « 00033 » in quotes may be read as text.
    any: (cell) => quoted(text(cell)),
  });
  const end = Buffer.from(LINE_END);
  const bytes = new GrowingBytes();
  bytes.write(start + columns.map((column) => quote(text(heading(column)))).join(delimiter) + LINE_END);
  yield bytes.take();
  for await (const batch of batches) {
    for (const row of batch) {
      for (const part of parts) part(row, bytes);
      bytes.add(end);
    }
    yield bytes.take();
  }
}

/** Writes one part of a line: a cell that is different in each row, or cells side by side that many rows have the same of. */
type LinePart = (row: OpenedResponse, bytes: GrowingBytes) => void;

function partsOf(
  columns: readonly ResponseColumn[],
  { delimiter, cellOf, day }: Dialect,
  free: { readonly few: (text: string) => string; readonly any: (text: string) => string },
): readonly LinePart[] {
  const cells = columns.map((column, index) => {
    const value = cellOf(column);
    const write = column.kind === 'day' ? day : column.isFree ? free.any : free.few;
    const before = index === 0 ? '' : delimiter;
    return (row: OpenedResponse) => before + shown(value(row), write);
  });
  const parts: LinePart[] = [];
  for (let index = 0; index < columns.length; ) {
    const column = columns[index];
    if (column === undefined) break;
    const { block } = column;
    let after = index + 1;
    while (block !== null && columns[after]?.block === block) after += 1;
    const own = cells.slice(index, after);
    const bytesOf = (row: OpenedResponse) => Buffer.from(own.map((cell) => cell(row)).join(''));
    if (block !== null) {
      const known = rememberedBy(blockKey(block), bytesOf);
      parts.push((row, bytes) => bytes.add(known(row)));
    } else if (column.isFree || column.kind === 'count') {
      const [cell] = own;
      if (cell !== undefined) parts.push((row, bytes) => bytes.write(cell(row)));
    } else {
      const value = cellOf(column);
      const known = rememberedBy({ outer: () => '', inner: value }, bytesOf);
      parts.push((row, bytes) => bytes.add(known(row)));
    }
    index = after;
  }
  return parts;
}

function shown(cell: ResponseCell, write: (text: string) => string): string {
  if (cell === null) return '';
  return typeof cell === 'number' ? String(cell) : write(cell);
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
