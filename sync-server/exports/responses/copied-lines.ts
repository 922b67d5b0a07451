import { isAscii } from 'node:buffer';

const NEWLINE = 0x0a;
const LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/**
 * The lines of what PostgreSQL copies out in its text format. Where a piece ends in the middle of a line, or of a letter, the next one goes on.
 *
 * @throws Error where the last line has no end: what was copied is not whole
 */
export async function* copiedLines(pieces: AsyncIterable<Buffer>): AsyncGenerator<readonly string[]> {
  let begun: Buffer[] = [];
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(NEWLINE);
    if (end === -1) {
      if (piece.length > 0) begun.push(piece);
      continue;
    }
    const text = decoded(Buffer.concat([...begun, piece.subarray(0, end)]));
    begun = end + 1 < piece.length ? [piece.subarray(end + 1)] : [];
    const lines = text.split('\n');
    yield text.includes('\\') ? lines.map(unescaped) : lines;
  }
  if (begun.length > 0) throw new Error('What PostgreSQL copies out broke off within a line.');
}

/** Identities, codes and days are ASCII, and are read as such ten times as fast. */
function decoded(bytes: Buffer): string {
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}

/** A backslash stands before a letter that names a control character, or before what would otherwise mean something. */
function unescaped(line: string): string {
  return line.replaceAll(/\\(.)/gsu, (_, after: string) => LETTERS[after] ?? after);
}
