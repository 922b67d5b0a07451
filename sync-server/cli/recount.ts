import { parseArgs } from 'node:util';
import { readArguments, runCommand } from '../command.ts';
import { recount } from '../ingest/recount.ts';

const USAGE = 'npm run recount [-- --repair]';
const PRINTED = 50;

/** `npm run recount`: counts all responses anew and says which tally differs; exit code 1 on any. `--repair` writes the new count. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return runCommand(env, async (store) => {
    const { repair } = readArguments(
      () => parseArgs({ args: [...argv], options: { repair: { type: 'boolean' } } }).values,
      USAGE,
    );
    const { responses, tallies, differences } = await recount(store, repair === true);
    const lines = differences
      .slice(0, PRINTED)
      .map(({ table, key, stored, recounted }) => `  ${table}: ${key}: kept ${stored}, counted ${recounted}`);
    if (differences.length > PRINTED) lines.push(`  … and ${differences.length - PRINTED} more`);
    process.stdout.write(
      [
        `${responses} responses counted anew, ${tallies} tallies compared: ${differences.length === 0 ? 'no difference' : `${differences.length} differ`}.`,
        ...lines,
        ...(repair === true && differences.length > 0 ? ['The tallies now hold the new count.'] : []),
        '',
      ].join('\n'),
    );
    return differences.length === 0 ? 0 : 1;
  });
}
