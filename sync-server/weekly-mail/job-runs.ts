import { type Clock, instantOf } from '../clock.ts';
import type { Store } from '../store/store.ts';

/** One piece of timed work for one person or thing: what it is, when it was due, and of whom. */
export interface JobKey {
  readonly organisationId: string;
  readonly job: string;
  /** What it is due for: `2026-W47`. */
  readonly due: string;
  readonly subject: string;
}

/** What became of it. What was begun and never told of may have been done: it is never done again. */
export type JobState = 'begun' | 'done' | 'failed' | 'given-up';

type Deps = { readonly store: Pick<Store, 'db'>; readonly clock: Clock };

/** Whether it is still to be done: never begun, or failed in a way that may be tried again. */
export async function isToDo(db: Store['db'], key: JobKey): Promise<boolean> {
  const known = await runOf(db, key).select('state').executeTakeFirst();
  return known === undefined || known.state === 'failed';
}

/**
 * Takes a piece of work to be done once. It is written down before it is begun, so that a server which is killed in the middle does not do it again.
 *
 * @returns how often it has been tried with this time; null where it is done, given up, or somebody is at it
 */
export async function beginJob({ store, clock }: Deps, key: JobKey): Promise<number | null> {
  return store.db.transaction().execute(async (trx) => {
    if (!(await isToDo(trx, key))) return null;
    const known = await runOf(trx, key).select('attempts').executeTakeFirst();
    const attempts = (known?.attempts ?? 0) + 1;
    const row = {
      organisation_id: key.organisationId,
      job: key.job,
      due: key.due,
      subject: key.subject,
      state: 'begun' as const,
      attempts,
      tried_at: instantOf(clock.now()),
      fault: null,
    };
    await trx
      .insertInto('job_runs')
      .values(row)
      .onConflict((already) => already.columns(['organisation_id', 'job', 'due', 'subject']).doUpdateSet(row))
      .execute();
    return attempts;
  });
}

function runOf(db: Store['db'], key: JobKey) {
  return db
    .selectFrom('job_runs')
    .where('organisation_id', '=', key.organisationId)
    .where('job', '=', key.job)
    .where('due', '=', key.due)
    .where('subject', '=', key.subject);
}

/** Writes down what became of it. */
export async function endJob(
  { store }: Pick<Deps, 'store'>,
  key: JobKey,
  state: Exclude<JobState, 'begun'>,
  fault: string | null = null,
): Promise<void> {
  await store.db
    .updateTable('job_runs')
    .set({ state, fault })
    .where('organisation_id', '=', key.organisationId)
    .where('job', '=', key.job)
    .where('due', '=', key.due)
    .where('subject', '=', key.subject)
    .execute();
}
