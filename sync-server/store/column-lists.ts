import { columnType } from './column-types.ts';

/**
 * Rows as PostgreSQL is handed many of them: a list for each column, each one parameter. The text is the same however many rows there
 * are, so that it is planned once.
 */
export function columnLists<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, unknown>>[],
): { readonly text: string; readonly parameters: readonly (string | readonly unknown[])[] } {
  return {
    text: `unnest(${columns.map((column, index) => `$${index + 1}::${columnType(column)}[]`).join(', ')})`,
    parameters: columns.map((column) => {
      const values = rows.map((row) => row[column]);
      return listText(columnType(column) === 'bytea' ? values.map(bytesAsText) : values);
    }),
  };
}

/** What JSON escapes by a letter, PostgreSQL would read as that letter. */
const ESCAPED_BY_A_LETTER = /\\[bfnrtu]/;

/**
 * A list as PostgreSQL writes it: as JSON does, in other brackets, unless there are control characters in it. The driver, which goes over
 * each text twice, takes five times as long; those it is left.
 */
function listText(values: readonly unknown[]): string | readonly unknown[] {
  const json = JSON.stringify(values);
  return ESCAPED_BY_A_LETTER.test(json) ? values : `{${json.slice(1, -1)}}`;
}

function bytesAsText(value: unknown): unknown {
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value;
}
