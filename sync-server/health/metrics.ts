import { sql } from 'kysely';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Verdict } from '../../protocol/push.ts';
import { readBackupState } from '../backup/note-backup.ts';
import type { Store } from '../store/store.ts';

/** Figures of this process since it started. Nothing is labelled by tablet, place or visitor. */
const registry = new Registry();
collectDefaultMetrics({ register: registry });

const batches = new Counter({
  name: 'parvis_batches_total',
  help: 'Pushes answered with 201',
  registers: [registry],
});
const entries = new Counter({
  name: 'parvis_entries_total',
  help: 'Entries by verdict',
  labelNames: ['verdict'],
  registers: [registry],
});
const commitSeconds = new Histogram({
  name: 'parvis_commit_seconds',
  help: 'Time of a transaction that stores a group of pushes, the disk included',
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers: [registry],
});
const groupEntries = new Histogram({
  name: 'parvis_group_entries',
  help: 'Entries committed together',
  buckets: [1, 10, 50, 100, 250, 500, 1_000, 2_000],
  registers: [registry],
});
const quarantined = new Gauge({
  name: 'parvis_quarantine_entries',
  help: 'Entries in quarantine',
  registers: [registry],
});

const lost = new Gauge({
  name: 'parvis_lost_answers',
  help: 'Answers that tablets had taken and whose storage has lost them for good',
  registers: [registry],
});
const backupFinished = new Gauge({
  name: 'parvis_backup_finished_timestamp_seconds',
  help: 'When the last finished backup was begun; 0 where there is none',
  registers: [registry],
});
const backupFailed = new Gauge({
  name: 'parvis_backup_failed',
  help: '1 where the last backup failed',
  registers: [registry],
});

const sentAway = new Counter({
  name: 'parvis_pushes_sent_away_total',
  help: 'Pushes that were told to come back later, since there was no room for them',
  registers: [registry],
});

/** A push that was refused for want of room. */
export function noteSentAway(): void {
  sentAway.inc();
}

export function notePush(verdicts: readonly { readonly verdict: Verdict }[]): void {
  batches.inc();
  const counts = new Map<Verdict, number>();
  for (const { verdict } of verdicts) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  for (const [verdict, count] of counts) entries.inc({ verdict }, count);
}

export function noteCommit(seconds: number, entryCount: number): void {
  commitSeconds.observe(seconds);
  groupEntries.observe(entryCount);
}

export async function metricsText(store: Store): Promise<{ contentType: string; text: string }> {
  const { count } = await store.db
    .selectFrom('quarantine')
    .select((of) => of.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  quarantined.set(count);
  const { sum } = await store.db
    .selectFrom('known_losses')
    .select(sql<number | string | null>`sum(last_sequence - first_sequence + 1)`.as('sum'))
    .executeTakeFirstOrThrow();
  lost.set(Number(sum ?? 0));
  const { finishedAt, failedAt } = await readBackupState(store);
  backupFinished.set(finishedAt === null ? 0 : Date.parse(finishedAt) / 1_000);
  backupFailed.set(failedAt === null ? 0 : 1);
  return { contentType: registry.contentType, text: await registry.metrics() };
}
