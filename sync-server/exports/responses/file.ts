import type { Table } from '../table.ts';
import type { OpenedResponse, ResponseColumn } from './columns.ts';

/** What a file of responses is written from. The rows are pulled: none is read before those before it have been taken. */
export interface ResponsesFile {
  readonly about: readonly (readonly [string, string])[];
  readonly codebook: Table;
  readonly columns: readonly ResponseColumn[];
  readonly batches: AsyncIterable<readonly OpenedResponse[]>;
}

/** Writes a file piece by piece; a piece is made when the one before it has been taken. */
export type ResponsesWriter = (file: ResponsesFile) => AsyncGenerator<Uint8Array>;

const TEXTS_KEPT = 10_000;

/** Remembers what the few texts of coded columns are written as; the many of free ones are not for it. */
export function remembered<Value>(write: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const written = write(text);
    if (known.size < TEXTS_KEPT) known.set(text, written);
    return written;
  };
}
