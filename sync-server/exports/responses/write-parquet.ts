import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ResponseCell, ResponseColumn } from './columns.ts';
import type { OpenedResponse } from './opened-response.ts';
import type { ResponsesWriter } from './file.ts';
import { records } from './write-json.ts';

const ROWS_A_GROUP = 10_000;
const TYPES = { text: 'UTF8', count: 'INT_32', day: 'DATE' } as const;
const DAY_MS = 86_400_000;

/** Columns of codes for programs; the codebook and what was asked for stand in the file's own notes, as JSON. */
export const writeParquet: ResponsesWriter = async function* ({ about, codebook, columns, batches }) {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    createdBy: 'Parvis',
    schema: [
      { name: 'responses', num_children: columns.length },
      ...columns.map(({ code, kind }) => ({
        name: code,
        type: kind === 'text' ? ('BYTE_ARRAY' as const) : ('INT32' as const),
        converted_type: TYPES[kind],
        repetition_type: 'OPTIONAL' as const,
      })),
    ],
    kvMetadata: [
      { key: 'about', value: JSON.stringify(Object.fromEntries(about)) },
      { key: 'codebook', value: JSON.stringify(records(codebook)) },
    ],
  });
  const taken = (): Uint8Array => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return bytes;
  };
  let group: OpenedResponse[] = [];
  const writeGroup = async () => {
    await parquet.write({
      rowGroupSize: ROWS_A_GROUP,
      columnData: columns.map((column) => ({
        name: column.code,
        data: group.map((row) => valueOf(column, row)),
      })),
    });
    group = [];
  };
  for await (const batch of batches) {
    group.push(...batch);
    if (group.length < ROWS_A_GROUP) continue;
    await writeGroup();
    yield taken();
  }
  if (group.length > 0) await writeGroup();
  await parquet.finish();
  yield taken();
};

/** A day is a Date to the writer, which counts the days since 1970 out of it. */
function valueOf({ coded, kind }: ResponseColumn, row: OpenedResponse): ResponseCell | Date {
  const cell = coded(row);
  return kind === 'day' && typeof cell === 'string'
    ? new Date(Math.floor(Date.parse(cell) / DAY_MS) * DAY_MS)
    : cell;
}
