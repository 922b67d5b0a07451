import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import {
  countSchema,
  enrolmentIdSchema,
  instantSchema,
  organisationIdSchema,
  storeIdSchema,
} from '../../protocol/identities.ts';
import { noteFinishedBackup, readMarks } from '../backup/note-backup.ts';
import { instantOf, SYSTEM_CLOCK } from '../clock.ts';
import { readArguments, runCommand } from '../command.ts';
import { PlainFault } from '../plain-fault.ts';
import { replaceFile } from '../store/durable-files.ts';

const USAGE =
  'npm run note-backup -- --before <file>, then the backup, then npm run note-backup -- --after <file>';

const notedSchema = v.object({
  storeId: storeIdSchema,
  takenAt: instantSchema,
  marks: v.array(
    v.object({
      organisationId: organisationIdSchema,
      enrolmentId: enrolmentIdSchema,
      highWaterMark: countSchema,
    }),
  ),
});

/**
 * `npm run note-backup`: for a database that other tools back up. What is noted before such a backup is in it; once it is known to be finished,
 * tablets may forget that much.
 */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return runCommand(env, async (store) => {
    const { before, after } = readArguments(
      () =>
        parseArgs({ args: [...argv], options: { before: { type: 'string' }, after: { type: 'string' } } })
          .values,
      USAGE,
    );
    if (before !== undefined && after === undefined) {
      const noted = {
        storeId: store.storeId,
        takenAt: instantOf(SYSTEM_CLOCK.now()),
        marks: await readMarks(store),
      };
      replaceFile(before, JSON.stringify(noted));
      process.stdout.write(`Noted in ${before}. Back the database up now.\n`);
      return 0;
    }
    if (after === undefined || before !== undefined) throw new PlainFault(USAGE);
    const noted = read(after);
    if (noted.storeId !== store.storeId) throw new PlainFault(`${after} was noted of another database.`);
    await noteFinishedBackup(store, { ...noted, file: after });
    process.stdout.write(`The backup of ${noted.takenAt} counts: tablets may forget what it holds.\n`);
    return 0;
  });
}

function read(path: string): v.InferOutput<typeof notedSchema> {
  try {
    return v.parse(v.pipe(v.string(), v.parseJson(), notedSchema), readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof v.ValiError || (error instanceof Error && 'code' in error))
      throw new PlainFault(`${path} is not what npm run note-backup -- --before has written.`);
    throw error;
  }
}
