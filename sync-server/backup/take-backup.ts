import { chmodSync, closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { instantOf } from '../clock.ts';
import { PlainFault } from '../plain-fault.ts';
import { mergeJournals } from '../retention/erasure-journal.ts';
import { copySqlite, type DatabaseContent, UnsoundCopy } from '../store/copy-sqlite.ts';
import { flush, renameDurably } from '../store/durable-files.ts';
import { DATABASE_FILE } from '../store/open-sqlite-store.ts';
import { backupFileName, openBackupFolder, rotateBackups, unfinishedFile } from './backup-files.ts';

export interface BackupRequest {
  readonly dataDir: string;
  /** Where backups are kept. */
  readonly dir: string;
  /** How many finished ones stay there. */
  readonly keep: number;
  readonly nowMs: number;
}

export interface FinishedBackup extends DatabaseContent {
  readonly file: string;
  readonly takenAt: string;
}

/**
 * Copies the database of a data directory, a running server's too, and the journal of erasures with it. A copy has its name only once it has
 * been looked through, counted and brought to the disk: whatever bears the name of a backup is one.
 *
 * @throws PlainFault when there is no new backup; the ones before are still there
 */
export async function takeBackup({ dataDir, dir, keep, nowMs }: BackupRequest): Promise<FinishedBackup> {
  const takenAt = instantOf(nowMs);
  const file = join(dir, backupFileName(takenAt));
  const unfinished = unfinishedFile(file);
  try {
    openBackupFolder(dir);
    closeSync(openSync(unfinished, 'w', 0o600));
  } catch (error) {
    throw plainly(error, dir);
  }
  try {
    const content = await copySqlite(join(dataDir, DATABASE_FILE), unfinished, takenAt);
    chmodSync(unfinished, 0o600);
    flush(unfinished);
    mergeJournals(dataDir, dir);
    renameDurably(unfinished, file);
    rotateBackups(dir, keep, nowMs);
    return { ...content, file, takenAt };
  } catch (error) {
    for (const path of [unfinished, `${unfinished}-journal`]) rmSync(path, { force: true });
    throw plainly(error, dir);
  }
}

function plainly(error: unknown, dir: string): unknown {
  if (error instanceof UnsoundCopy)
    return new PlainFault(`The copy in ${dir} was thrown away: ${error.message}.`);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === ''
    ? error
    : new PlainFault(`The backup into ${dir} was not finished (${code}). Those before it are still there.`);
}
