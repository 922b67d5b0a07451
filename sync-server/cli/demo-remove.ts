import { parseArgs } from 'node:util';
import { readArguments, runCommand } from '../command.ts';
import { removeDemo } from '../demo/remove-demo.ts';
import { recount } from '../ingest/recount.ts';

const USAGE = 'npm run remove-demo';
const COUNTS = new Intl.NumberFormat('en');

/** `npm run remove-demo`: takes the demonstration out of the database and counts anew what is left. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return runCommand(env, async (store) => {
    readArguments(() => parseArgs({ args: [...argv], options: {} }), USAGE);
    const removed = await removeDemo(store);
    if (removed === null) {
      process.stdout.write('There is no demonstration here; nothing was changed.\n');
      return 0;
    }
    const { responses } = await recount(store, true);
    process.stdout.write(
      `The demonstration is gone: ${COUNTS.format(removed.responses)} made-up answers removed, ${COUNTS.format(responses)} real ones left and counted anew.\n` +
        'Tablets enrolled while it was there must be enrolled again: npm run enrol\n',
    );
    return 0;
  });
}
