import { PlainFault } from '../plain-fault.ts';
import { takeBackup } from './take-backup.ts';

/*
 * The backup that `run-copy.ts` runs in a process of its own, whose looking through and counting holds no request up. It is told what to do as JSON,
 * and says what became of it in one line: JSON on standard output, or the fault on standard error.
 */
try {
  const finished = await takeBackup(JSON.parse(process.argv[2] ?? '{}'));
  process.stdout.write(JSON.stringify(finished));
} catch (error) {
  if (!(error instanceof PlainFault)) throw error;
  process.stderr.write(error.message);
  process.exitCode = 1;
}
