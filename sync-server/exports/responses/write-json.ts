import type { Table } from '../table.ts';
import type { OpenedResponse } from './opened-response.ts';
import type { ResponsesWriter } from './file.ts';

/** One object: what was asked for, the codebook, and the responses, one a line, each with what it holds alone. */
export const writeJson: ResponsesWriter = async function* ({ about, codebook, columns, batches }) {
  yield Buffer.from(
    `{"about":${JSON.stringify(Object.fromEntries(about))},\n"codebook":${JSON.stringify(records(codebook))},\n"responses":[`,
  );
  const named = columns.map(({ code, coded }) => ({ name: `${JSON.stringify(code)}:`, coded }));
  const lineOf = (row: OpenedResponse): string => {
    let line = '';
    for (const { name, coded } of named) {
      const cell = coded(row);
      if (cell !== null) line += `${line === '' ? '' : ','}${name}${JSON.stringify(cell)}`;
    }
    return `{${line}}`;
  };
  let separator = '\n';
  for await (const batch of batches) {
    let lines = '';
    for (const row of batch) {
      lines += separator + lineOf(row);
      separator = ',\n';
    }
    yield Buffer.from(lines);
  }
  yield Buffer.from('\n]}\n');
};

/** A table's rows by the names of its columns. */
export function records({ columns, cells }: Table): readonly Record<string, string | number | null>[] {
  return cells.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
}
