import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file of an archive: its text, or its bytes piece by piece. */
export interface ZipPart {
  readonly path: string;
  readonly content: string | AsyncIterable<Uint8Array>;
  /** Written as it is: the `mimetype` of OpenDocument must be. */
  readonly isStored?: boolean;
}

const LOCAL_HEADER = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_ARCHIVE = 0x06054b50;
const VERSION = 20;
const DEFLATED = 8;
/** Sizes follow the part, since nobody knows them before; names are UTF-8. */
const FLAGS_STREAMED = 0x0808;
const FLAGS_STORED = 0x0800;
/** 1980-01-01, the first day a ZIP knows: when a part was written says nothing. */
const FIRST_DAY = 0x0021;
const LARGEST = 0xffff_ffff;
/** Repeated tags shrink to a fortieth at any level; the fastest is a third of the time. */
const LEVEL = 1;
const CHUNK_BYTES = 65_536;
/** So much is made while what came before is squeezed: with less, the two would take turns. */
const WAITING_BYTES = 8 * CHUNK_BYTES;

interface WrittenPart {
  readonly name: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly plain: number;
  readonly offset: number;
}

/**
 * A ZIP archive in a stream, in constant memory: an archive whose end is missing cannot be opened. Own code because no kept library hands out
 * its own: those that write workbooks keep a whole sheet in memory, or write one sheet and no more.
 *
 * @throws RangeError when a part or the archive passes 4 GiB, the limit of the format without its extension
 */
export async function* zipStream(
  parts: AsyncIterable<ZipPart> | Iterable<ZipPart>,
): AsyncGenerator<Uint8Array> {
  const written: WrittenPart[] = [];
  let offset = 0;
  for await (const part of parts) {
    const name = Buffer.from(part.path);
    const start = offset;
    const isStored = part.isStored === true;
    const stored = isStored && typeof part.content === 'string' ? Buffer.from(part.content) : null;
    if (stored !== null) {
      const sizes = { crc: crc32(stored), packed: stored.length, plain: stored.length };
      const header = localHeader(name, FLAGS_STORED, 0, sizes);
      offset += header.length + stored.length;
      yield Buffer.concat([header, stored]);
      written.push({ name, flags: FLAGS_STORED, method: 0, offset: start, ...sizes });
      continue;
    }
    const header = localHeader(name, FLAGS_STREAMED, DEFLATED, { crc: 0, packed: 0, plain: 0 });
    yield header;
    const sizes = { crc: 0, packed: 0, plain: 0 };
    for await (const chunk of deflated(part.content, sizes)) {
      sizes.packed += chunk.length;
      yield chunk;
    }
    if (sizes.plain > LARGEST || offset + sizes.packed > LARGEST)
      throw new RangeError(`${part.path} is too large for a ZIP archive.`);
    const descriptor = Buffer.alloc(16);
    writeWords(descriptor, 0, [DESCRIPTOR, sizes.crc, sizes.packed, sizes.plain]);
    yield descriptor;
    offset += header.length + sizes.packed + descriptor.length;
    written.push({ name, flags: FLAGS_STREAMED, method: DEFLATED, offset: start, ...sizes });
  }
  yield endOf(written, offset);
}

/** Squeezes in another thread while the next pieces are made. */
async function* deflated(
  content: ZipPart['content'],
  sizes: { crc: number; plain: number },
): AsyncGenerator<Uint8Array> {
  // The types know only what is zlib's own of these.
  const options = { level: LEVEL, chunkSize: CHUNK_BYTES, highWaterMark: WAITING_BYTES };
  const deflate = createDeflateRaw(options);
  const feed = async (): Promise<void> => {
    for await (const bytes of typeof content === 'string' ? [Buffer.from(content)] : content) {
      sizes.crc = crc32(bytes, sizes.crc);
      sizes.plain += bytes.length;
      if (!deflate.write(bytes)) await once(deflate, 'drain');
      // What has been squeezed is handed over, and the next piece given to the thread, in a turn of the loop alone.
      else await nextTurn();
    }
    deflate.end();
  };
  const fed = feed().catch((error: unknown) => void deflate.destroy(error as Error));
  yield* deflate;
  await fed;
}

function localHeader(
  name: Buffer,
  flags: number,
  method: number,
  sizes: { readonly crc: number; readonly packed: number; readonly plain: number },
): Buffer {
  const header = Buffer.alloc(30 + name.length);
  header.writeUInt32LE(LOCAL_HEADER, 0);
  writeShorts(header, 4, [VERSION, flags, method, 0, FIRST_DAY]);
  writeWords(header, 14, [sizes.crc, sizes.packed, sizes.plain]);
  writeShorts(header, 26, [name.length, 0]);
  name.copy(header, 30);
  return header;
}

function endOf(parts: readonly WrittenPart[], offset: number): Buffer {
  const entries = parts.map(({ name, flags, method, crc, packed, plain, offset: start }) => {
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(CENTRAL_HEADER, 0);
    writeShorts(entry, 4, [VERSION, VERSION, flags, method, 0, FIRST_DAY]);
    writeWords(entry, 16, [crc, packed, plain]);
    writeShorts(entry, 28, [name.length, 0, 0, 0, 0]);
    writeWords(entry, 38, [0, start]);
    name.copy(entry, 46);
    return entry;
  });
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END_OF_ARCHIVE, 0);
  writeShorts(end, 8, [parts.length, parts.length]);
  writeWords(end, 12, [directory.length, offset]);
  return Buffer.concat([directory, end]);
}

function writeShorts(bytes: Buffer, at: number, values: readonly number[]): void {
  values.forEach((value, index) => bytes.writeUInt16LE(value, at + 2 * index));
}

function writeWords(bytes: Buffer, at: number, values: readonly number[]): void {
  values.forEach((value, index) => bytes.writeUInt32LE(value, at + 4 * index));
}
