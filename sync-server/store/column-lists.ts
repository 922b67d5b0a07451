import { columnType } from './column-types.ts';

/**
 * Rows as PostgreSQL is handed many of them: a list for each column, each one parameter. The text is the same however many rows there
 * are, so that it is planned once.
 */
export function columnLists<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, unknown>>[],
): { readonly text: string; readonly parameters: readonly (readonly unknown[])[] } {
  return {
    text: `unnest(${columns.map((column, index) => `$${index + 1}::${columnType(column)}[]`).join(', ')})`,
    parameters: columns.map((column) => rows.map((row) => row[column])),
  };
}
