import { expect, it } from 'vitest';
import { copiedLines } from './copied-lines.ts';

async function linesOf(...pieces: readonly Buffer[]): Promise<readonly string[]> {
  async function* source() {
    yield* pieces;
  }
  const lines: string[] = [];
  for await (const some of copiedLines(source())) lines.push(...some);
  return lines;
}

const TEXT = 'un\u001Fdeux\nété 😀\u001Fà\n\ntrois\n';

it('finds the same lines wherever the pieces end, in the middle of a letter too', async () => {
  const bytes = Buffer.from(TEXT);
  for (let first = 0; first <= bytes.length; first += 1)
    for (let second = first; second <= bytes.length; second += 1)
      expect(
        await linesOf(bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)),
        `${first}, ${second}`,
      ).toEqual(['un\u001Fdeux', 'été 😀\u001Fà', '', 'trois']);
});

it('reads what PostgreSQL writes with a backslash', async () => {
  const copied = String.raw`a\\nb\nc\td\re\\\\f` + '\\\u001Fg\n';
  expect(await linesOf(Buffer.from(copied))).toEqual(['a\\nb\nc\td\re\\\\f\u001Fg']);
});

it('says so where the last line has no end', async () => {
  await expect(linesOf(Buffer.from('un\ndeu'))).rejects.toThrow('broke off within a line');
});

it('has no lines where nothing was copied', async () => {
  expect(await linesOf()).toEqual([]);
});
