import type { Table } from '../table.ts';
import type { ResponsesWriter } from './file.ts';
import type { OpenedResponse } from './opened-response.ts';
import { rowParts } from './row-parts.ts';
import { Utf8Chunks, utf8Text } from './utf8-text.ts';
import type { ResponseColumn } from './columns.ts';

/** One object: what was asked for, the codebook, and the responses, one a line, each with what it holds alone. */
export const writeJson: ResponsesWriter = async function* ({ about, codebook, columns, batches }) {
  const parts = rowParts<OpenedResponse, ResponseColumn, string>(columns, (side) => {
    const named = side.map(({ code, coded }) => ({ name: `,${JSON.stringify(code)}:`, coded }));
    return (row) => {
      let text = '';
      for (const { name, coded } of named) {
        const cell = coded(row);
        if (cell !== null) text += name + JSON.stringify(cell);
      }
      return utf8Text(text);
    };
  });
  const chunks = new Utf8Chunks();
  chunks.add(
    utf8Text(
      `{"about":${JSON.stringify(Object.fromEntries(about))},\n"codebook":${JSON.stringify(records(codebook))},\n"responses":[`,
    ),
  );
  let separator = '\n';
  for await (const batch of batches)
    for (const row of batch) {
      let line = '';
      for (const part of parts) line += part(row);
      // Each has begun with a comma.
      chunks.add(`${separator}{${line.slice(1)}}`);
      separator = ',\n';
      if (chunks.isFull) yield chunks.take();
    }
  chunks.add('\n]}\n');
  yield chunks.take();
};

/** A table's rows by the names of its columns. */
export function records({ columns, cells }: Table): readonly Record<string, string | number | null>[] {
  return cells.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
}
