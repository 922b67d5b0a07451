import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SYSTEM_CLOCK } from '../clock.ts';
import { readArguments, runPlainly } from '../command.ts';
import { isDatabaseUrl } from '../config.ts';
import { PlainFault } from '../plain-fault.ts';
import { moveToPostgres } from '../store/move-to-postgres.ts';
import { DATABASE_FILE } from '../store/open-sqlite-store.ts';

const USAGE = 'npm run move-to-postgres -- --to postgres://account:password@host:5432/parvis [--json]';

/** `npm run move-to-postgres`: copies the data directory's SQLite database into an empty PostgreSQL database; exit code 1 unless all of it is there. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return runPlainly(env, async ({ dataDir }) => {
    const { to, json } = readArguments(
      () =>
        parseArgs({ args: [...argv], options: { to: { type: 'string' }, json: { type: 'boolean' } } }).values,
      USAGE,
    );
    if (to === undefined || !isDatabaseUrl(to)) throw new PlainFault(USAGE);
    const startedMs = SYSTEM_CLOCK.now();
    const { storeId, rows, recount } = await moveToPostgres(join(dataDir, DATABASE_FILE), to, SYSTEM_CLOCK);
    const seconds = (SYSTEM_CLOCK.now() - startedMs) / 1_000;
    const differences = recount.differences.length;
    process.stdout.write(
      json === true
        ? `${JSON.stringify({ responses: recount.responses, differences, rows, storeId, seconds })}\n`
        : `${new Intl.NumberFormat('en').format(recount.responses)} answers moved and counted anew there: ${differences === 0 ? 'no difference' : `${differences} tallies differ, as they did before; npm run recount -- --repair puts them right`}.\nStop the server, set DATABASE_URL, keep DATA_DIR (the keys are in it), and start it again.\n`,
    );
    return 0;
  });
}
