/** What a cell holds. `share` is 0 to 1 and is written as a percentage, without the sign; `day` is `YYYY-MM-DD`. */
export type CellKind = 'text' | 'count' | 'share' | 'decimal' | 'probability' | 'day';

/** One column: how its cells are got, and what the dictionary says of it. */
export interface Column<Row> {
  readonly name: string;
  readonly kind: CellKind;
  readonly meaning: string;
  /** Empty where there is none. */
  readonly unit: string;
  /** The measure it is, by its name in `docs/measures.md`; empty where it is none. */
  readonly measure: string;
  /** null is an empty cell. */
  readonly value: (row: Row) => string | number | null;
}

/** A sheet of an export: the same cells in CSV and in XLSX. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Omit<Column<never>, 'value'>[];
  readonly cells: readonly (readonly (string | number | null)[])[];
}

/** One row a thing, one cell a column. */
export function tableOf<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): Table {
  return {
    name,
    columns: columns.map(({ value: _value, ...column }) => column),
    cells: rows.map((row) => columns.map((column) => column.value(row))),
  };
}

/** Everything a file of an export says. */
export interface Export {
  /** Without its ending. */
  readonly fileName: string;
  /** What was asked for: period, comparison, scope, when it was made. */
  readonly about: readonly (readonly [string, string])[];
  /** The first is the one a CSV file holds. */
  readonly tables: readonly [Table, ...Table[]];
}
