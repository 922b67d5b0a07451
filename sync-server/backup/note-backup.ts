import type { EnrolmentId, OrganisationId } from '../../domain/ids.ts';
import { instantOf } from '../clock.ts';
import type { StoredMark } from '../store/copy-sqlite.ts';
import type { Store } from '../store/store.ts';
import type { FinishedBackup } from './take-backup.ts';

/** What is known of this store's backups. */
export interface BackupState {
  readonly finishedAt: string | null;
  readonly file: string | null;
  /** Of the last that failed, where none has been finished since. */
  readonly failedAt: string | null;
  readonly fault: string | null;
}

/**
 * Writes down that a backup is finished: from the next push on, each tablet may forget what that backup holds of it. A mark is never taken
 * back, since what has been forgotten by it is gone.
 */
export async function noteFinishedBackup(
  store: Store,
  { storeId, marks, takenAt, file }: Pick<FinishedBackup, 'storeId' | 'marks' | 'takenAt' | 'file'>,
): Promise<void> {
  // A backup of the life before a restore says nothing of this one.
  if (storeId !== store.storeId) return;
  await store.db.transaction().execute(async (trx) => {
    for (const { organisationId, enrolmentId, highWaterMark } of marks)
      await trx
        .updateTable('enrolments')
        .set({ safe_through: highWaterMark })
        .where('organisation_id', '=', organisationId)
        .where('enrolment_id', '=', enrolmentId)
        .where('safe_through', '<', highWaterMark)
        .execute();
    await trx
      .updateTable('instance')
      .set({ backup_finished_at: takenAt, backup_file: file, backup_failed_at: null, backup_fault: null })
      .execute();
  });
}

/** Writes down that a backup has failed, and why, for whoever looks after the machine. */
export async function noteFailedBackup(store: Store, nowMs: number, fault: string): Promise<void> {
  await store.db
    .updateTable('instance')
    .set({ backup_failed_at: instantOf(nowMs), backup_fault: fault.slice(0, 500) })
    .execute();
}

export async function readBackupState({ db }: Pick<Store, 'db'>): Promise<BackupState> {
  const row = await db
    .selectFrom('instance')
    .select(['backup_finished_at', 'backup_file', 'backup_failed_at', 'backup_fault'])
    .executeTakeFirstOrThrow();
  return {
    finishedAt: row.backup_finished_at,
    file: row.backup_file,
    failedAt: row.backup_failed_at,
    fault: row.backup_fault,
  };
}

/** How far the answers of each tablet are in the store now: whatever copies the database from here on holds at least that. */
export async function readMarks({ db }: Pick<Store, 'db'>): Promise<readonly StoredMark[]> {
  const rows = await db
    .selectFrom('enrolments')
    .select(['organisation_id', 'enrolment_id', 'high_water_mark'])
    .execute();
  return rows.map((row) => ({
    organisationId: row.organisation_id as OrganisationId,
    enrolmentId: row.enrolment_id as EnrolmentId,
    highWaterMark: row.high_water_mark,
  }));
}
