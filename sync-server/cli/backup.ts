import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { copySealingKeys } from '../assignment/rotate-sealing-key.ts';
import { noteFailedBackup, noteFinishedBackup } from '../backup/note-backup.ts';
import { type FinishedBackup, takeBackup } from '../backup/take-backup.ts';
import { SYSTEM_CLOCK } from '../clock.ts';
import { readArguments, runCommand } from '../command.ts';
import { PlainFault } from '../plain-fault.ts';

const USAGE = 'npm run backup [-- --to <folder>] [--keep <count>] [--json]';

/** `npm run backup`: a finished backup beside a running server, or a line that says why there is none and exit code 1. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return runCommand(env, async (store, config) => {
    const given = readArguments(
      () =>
        parseArgs({
          args: [...argv],
          options: { to: { type: 'string' }, keep: { type: 'string' }, json: { type: 'boolean' } },
        }).values,
      USAGE,
    );
    const keep = given.keep ?? String(config.backup.keep);
    if (!/^[1-9]\d{0,3}$/.test(keep))
      throw new PlainFault(`--keep must be a number from 1 to 9999.\n${USAGE}`);
    if (store.file === null)
      throw new PlainFault(
        'The database is PostgreSQL’s: back it up with its own tools (pg_dump), between npm run note-backup -- --before <file> and npm run note-backup -- --after <file>.',
      );
    const nowMs = SYSTEM_CLOCK.now();
    try {
      const finished = await takeBackup({
        dataDir: config.dataDir,
        dir: given.to === undefined ? config.backup.dir : resolve(given.to),
        keep: Number(keep),
        nowMs,
      });
      if (config.backup.keysDir !== null) copySealingKeys(config.dataDir, config.backup.keysDir);
      await noteFinishedBackup(store, finished);
      process.stdout.write(
        given.json === true ? `${JSON.stringify(outlineOf(finished))}\n` : wordsOf(finished),
      );
      return 0;
    } catch (error) {
      if (error instanceof PlainFault) await noteFailedBackup(store, nowMs, error.message);
      throw error;
    }
  });
}

function outlineOf({ file, takenAt, storeId, rows, marks }: FinishedBackup) {
  return { file, takenAt, storeId, bytes: statSync(file).size, rows, marks };
}

function wordsOf({ file, rows, marks }: FinishedBackup): string {
  const count = new Intl.NumberFormat('en');
  return `${file}\n${count.format(rows['responses'] ?? 0)} answers of ${marks.length} tablets, counted against the database: no difference.\n`;
}
