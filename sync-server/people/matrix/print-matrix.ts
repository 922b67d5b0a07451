import { runMatrix } from './run-matrix.ts';
import { openMatrixWorld } from './world.ts';

/** `npm run test:roles`: every role on every route at every place, over HTTP; `--json` ends with one line for a machine. */
export async function main(words: readonly string[]): Promise<number> {
  const world = await openMatrixWorld();
  try {
    const { cells, failures } = await runMatrix(world, { isWhole: true });
    for (const failure of failures) process.stderr.write(`${failure}\n`);
    process.stdout.write(
      words.includes('--json')
        ? `${JSON.stringify({ cells, failures })}\n`
        : `${cells} cells tried, ${failures.length} not as they should be.\n`,
    );
    return failures.length === 0 ? 0 : 1;
  } finally {
    await world.close();
  }
}
