import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { copySealingKeys } from '../assignment/rotate-sealing-key.ts';
import { SEALING_KEYS_FILE } from '../assignment/sealing-keys.ts';
import { beginAnew, restoreBackup, type Restored } from '../backup/restore-backup.ts';
import { SYSTEM_CLOCK } from '../clock.ts';
import { readArguments, runPlainly } from '../command.ts';
import { PlainFault } from '../plain-fault.ts';

const USAGE =
  'npm run restore -- --from <backup> [--replace] [--json]\nnpm run restore -- --elsewhere [--json], once the database has been put back by other means';

const OPTIONS = {
  from: { type: 'string' },
  replace: { type: 'boolean' },
  elsewhere: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** `npm run restore`: puts a backup in the place of the database of a stopped server; exit code 1 where a recount of it finds a difference. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return runPlainly(env, async (config) => {
    const { from, replace, elsewhere, json } = readArguments(
      () => parseArgs({ args: [...argv], options: OPTIONS }).values,
      USAGE,
    );
    if ((from === undefined) !== (elsewhere === true)) throw new PlainFault(USAGE);
    if (from !== undefined && config.databaseUrl !== null)
      throw new PlainFault(
        'The database is PostgreSQL’s: put it back with its own tools (pg_restore), then run npm run restore -- --elsewhere.',
      );
    const restored =
      from === undefined
        ? { takenAt: null, keptIn: null, ...(await beginAnew(config, SYSTEM_CLOCK)) }
        : await restoreBackup({
            file: resolve(from),
            config,
            mayReplace: replace === true,
            clock: SYSTEM_CLOCK,
          });
    const { takenAt, storeId, recount, erased, keptIn } = restored;
    process.stdout.write(
      json === true
        ? `${JSON.stringify({ takenAt, storeId, responses: recount.responses, erased, differences: recount.differences.length, keptIn })}\n`
        : wordsOf(restored),
    );
    const { keysDir } = config.backup;
    if (keysDir !== null && existsSync(join(keysDir, SEALING_KEYS_FILE)))
      copySealingKeys(keysDir, config.dataDir);
    if (!existsSync(join(config.dataDir, SEALING_KEYS_FILE)))
      process.stderr.write(
        `There is no ${SEALING_KEYS_FILE} in ${config.dataDir}: put your copy of it there before you start the server, or what tablets have kept of visitors’ texts cannot be opened.\n`,
      );
    return recount.differences.length === 0 ? 0 : 1;
  });
}

function wordsOf({
  takenAt,
  recount,
  erased,
  keptIn,
}: Omit<Restored, 'takenAt'> & { readonly takenAt: string | null }): string {
  const count = new Intl.NumberFormat('en');
  const { responses, differences } = recount;
  return [
    `Restored: ${count.format(responses)} answers${takenAt === null ? '' : ` as of ${takenAt}`}.`,
    ...(erased === 0 ? [] : [`Erased again, since they were erased after it: ${count.format(erased)}.`]),
    differences.length === 0
      ? 'Counted anew: no difference from the tallies.'
      : `Counted anew: ${differences.length} tallies differ. npm run recount -- --repair puts them right.`,
    ...(keptIn === null ? [] : [`What was there before is in ${keptIn}.`]),
    'Start the server: each tablet offers again, with its next push, what it has sent since.',
    '',
  ].join('\n');
}
