import { Cron } from 'croner';
import { copySealingKeys } from '../assignment/rotate-sealing-key.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { PlainFault } from '../plain-fault.ts';
import type { Store } from '../store/store.ts';
import { noteFailedBackup, noteFinishedBackup, readBackupState } from './note-backup.ts';
import type { BackupRequest, FinishedBackup } from './take-backup.ts';

/** A machine that was off at night is backed up when it has been on for a while. */
const LATE_AFTER_MS = 25 * 3_600_000;
const CATCH_UP_MS = 600_000;

export interface BackupPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: Pick<Config, 'dataDir' | 'backup'>;
  readonly copy: (request: BackupRequest) => Promise<FinishedBackup>;
  readonly log: { error(facts: object, message: string): void; info(facts: object, message: string): void };
}

/** Backs the server up each day at the times of the configuration. Returns the way to call it off. */
export function scheduleBackups(ports: BackupPorts): () => void {
  const { at } = ports.config.backup;
  if (ports.store.file === null || at.length === 0) return () => undefined;
  const jobs = at.map(
    (time) => new Cron(patternOf(time), { protect: true, unref: true }, async () => backUpNow(ports)),
  );
  const catchUp = setTimeout(() => void backUpIfLate(ports), CATCH_UP_MS).unref();
  return () => {
    clearTimeout(catchUp);
    for (const job of jobs) job.stop();
  };
}

/** Takes a backup and writes down what became of it; never rejects, since nobody waits for it. */
export async function backUpNow({ store, clock, config, copy, log }: BackupPorts): Promise<void> {
  const { dir, keep, keysDir } = config.backup;
  const nowMs = clock.now();
  try {
    const finished = await copy({ dataDir: config.dataDir, dir, keep, nowMs });
    if (keysDir !== null) copySealingKeys(config.dataDir, keysDir);
    await noteFinishedBackup(store, finished);
    log.info({ file: finished.file }, 'backed up');
  } catch (error) {
    log.error({ err: error }, 'the backup failed');
    const fault = error instanceof PlainFault ? error.message : 'An internal error: see the log.';
    // The store itself may be what is wrong: the log has been told.
    await noteFailedBackup(store, nowMs, fault).catch((reason: unknown) =>
      log.error({ err: reason }, 'the backup’s failure could not be noted'),
    );
  }
}

/** Exported for its test. */
export async function backUpIfLate(ports: BackupPorts): Promise<void> {
  const { finishedAt } = await readBackupState(ports.store);
  const isLate = finishedAt === null || ports.clock.now() - Date.parse(finishedAt) > LATE_AFTER_MS;
  if (isLate) await backUpNow(ports);
}

/** HH:MM as croner writes it, each day on the machine's clock. */
function patternOf(time: string): string {
  const [hour = '', minute = ''] = time.split(':');
  return `${Number(minute)} ${Number(hour)} * * *`;
}
