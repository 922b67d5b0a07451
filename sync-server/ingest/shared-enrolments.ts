import { sql, type Transaction } from 'kysely';
import type { Entry } from '../../protocol/push.ts';
import { instantOf } from '../clock.ts';
import type { Tables } from '../store/tables.ts';
import { findAgain } from './known-losses.ts';
import { earlyArrivals, type EnrolmentKey, type Marks } from './marks.ts';

const DAY_MS = 86_400_000;

/**
 * Notes that a tablet speaks in another boot than the last time. One that was started again never speaks in its former boot any more; where
 * that one comes back, two tablets speak in turn. A request that was long under way can look like it once, hence the count.
 */
export async function noteBoot(
  trx: Transaction<Tables>,
  enrolment: EnrolmentKey,
  former: string | null,
  boot: string | null,
  nowMs: number,
): Promise<void> {
  if (former === null || boot === null || former === boot) return;
  const aDayAgo = instantOf(nowMs - DAY_MS);
  const now = instantOf(nowMs);
  await sql`
    insert into shared_enrolments as shared (organisation_id, enrolment_id, former_boot_id, boot_returns, taken_sequences)
    values (${enrolment.organisation_id}, ${enrolment.enrolment_id}, ${former}, 0, 0)
    on conflict (organisation_id, enrolment_id) do update set
      former_boot_id = excluded.former_boot_id,
      boot_returns = case
        when shared.former_boot_id is distinct from ${boot} then shared.boot_returns
        when shared.last_sign_at >= ${aDayAgo} then shared.boot_returns + 1
        else 1 end,
      last_sign_at = case when shared.former_boot_id = ${boot} then ${now} else shared.last_sign_at end`.execute(
    trx,
  );
}

/**
 * Looks at answers that were accepted as new ones, and notes those whose sequence another answer of the enrolment had already: one tablet gives
 * each number once. Where the number was given up for lost, its answer has come after all.
 *
 * @param before the marks before they arrived
 * @returns whether there were any
 */
export async function noteTakenSequences(
  trx: Transaction<Tables>,
  enrolment: EnrolmentKey,
  before: Marks,
  accepted: readonly Pick<Entry, 'responseId' | 'sequence'>[],
  nowMs: number,
): Promise<boolean> {
  const suspects = accepted.filter(({ sequence }) => sequence <= before.largestSequence);
  const twice = accepted.length - new Set(accepted.map(({ sequence }) => sequence)).size;
  const taken = twice + (suspects.length === 0 ? 0 : await takenAmong(trx, enrolment, before, suspects));
  if (taken === 0) return false;
  const now = instantOf(nowMs);
  await sql`
    insert into shared_enrolments as shared (organisation_id, enrolment_id, boot_returns, taken_sequences, last_sign_at)
    values (${enrolment.organisation_id}, ${enrolment.enrolment_id}, 0, ${taken}, ${now})
    on conflict (organisation_id, enrolment_id) do update set
      taken_sequences = shared.taken_sequences + excluded.taken_sequences,
      last_sign_at = excluded.last_sign_at`.execute(trx);
  return true;
}

async function takenAmong(
  trx: Transaction<Tables>,
  enrolment: EnrolmentKey,
  before: Marks,
  suspects: readonly Pick<Entry, 'responseId' | 'sequence'>[],
): Promise<number> {
  const sequences = suspects.map(({ sequence }) => sequence);
  const passed = await findAgain(
    trx,
    enrolment,
    sequences.filter((sequence) => sequence <= before.highWaterMark),
  );
  const early = await earlyArrivals(trx, enrolment, before.highWaterMark + 1, before.largestSequence);
  const taken = new Set([...passed, ...sequences.filter((sequence) => early.has(sequence))]);
  // What could not be understood has used its number too, and is accepted once it is offered to a server that understands it.
  const own = await trx
    .selectFrom('quarantine')
    .select(['response_id', 'sequence'])
    .where('organisation_id', '=', enrolment.organisation_id)
    .where('enrolment_id', '=', enrolment.enrolment_id)
    .execute();
  return suspects.filter(
    ({ responseId, sequence }) =>
      taken.has(sequence) && !own.some((one) => one.response_id === responseId && one.sequence === sequence),
  ).length;
}
