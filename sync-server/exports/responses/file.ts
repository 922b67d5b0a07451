import type { Table } from '../table.ts';
import type { ResponseColumn } from './columns.ts';
import type { OpenedResponse } from './opened-response.ts';

/** What a file of responses is written from. The rows are pulled: none is read before those before it have been taken. */
export interface ResponsesFile {
  readonly about: readonly (readonly [string, string])[];
  readonly codebook: Table;
  readonly columns: readonly ResponseColumn[];
  readonly batches: AsyncIterable<readonly OpenedResponse[]>;
}

/** Writes a file piece by piece; a piece is made when the one before it has been taken. */
export type ResponsesWriter = (file: ResponsesFile) => AsyncGenerator<Uint8Array>;
