import type { Transaction } from 'kysely';
import type { BootId } from '../../domain/ids.ts';
import { instantOf } from '../clock.ts';
import type { Tables } from '../store/tables.ts';
import { type ClockReadings, clockOffset } from './clock-correction.ts';
import { advanceMarks, type Marks } from './marks.ts';
import type { PushWork } from './push-work.ts';

/** An enrolment while its pushes are being stored; several pushes of one group change it in turn. */
export interface EnrolmentState {
  readonly isRevoked: boolean;
  readonly safeThrough: number;
  marks: Marks;
  lastClock: ClockReadings['last'];
}

/** By enrolment id; those that do not exist are not there. */
export async function readEnrolmentStates(
  trx: Transaction<Tables>,
  works: readonly PushWork[],
): Promise<ReadonlyMap<string, EnrolmentState>> {
  const states = new Map<string, EnrolmentState>();
  for (const { device } of works) {
    if (states.has(device.enrolmentId)) continue;
    const row = await trx
      .selectFrom('enrolments')
      .select([
        'revoked_at',
        'high_water_mark',
        'largest_sequence',
        'safe_through',
        'boot_id',
        'clock_offset_ms',
      ])
      .where('organisation_id', '=', device.organisationId)
      .where('enrolment_id', '=', device.enrolmentId)
      .executeTakeFirst();
    if (row === undefined) continue;
    states.set(device.enrolmentId, {
      isRevoked: row.revoked_at !== null,
      safeThrough: row.safe_through,
      marks: { highWaterMark: row.high_water_mark, largestSequence: row.largest_sequence },
      lastClock:
        row.boot_id === null || row.clock_offset_ms === null
          ? null
          : { boot: row.boot_id, offsetMs: row.clock_offset_ms },
    });
  }
  return states;
}

/** What this push and the ones before it tell of the tablet's clock. */
export function clockReadingsOf(work: PushWork, state: EnrolmentState): ClockReadings {
  return {
    receivedAtMs: work.receivedAtMs,
    sentAtMs: Date.parse(work.request.sentAt),
    boot: work.isRescue === true ? null : bootOf(work),
    last: state.lastClock,
  };
}

/** Writes down what a stored push has told: its marks, its clock, its report and that the tablet is alive. */
export async function updateEnrolment(
  trx: Transaction<Tables>,
  work: PushWork,
  state: EnrolmentState,
): Promise<void> {
  const { device, request, receivedAtMs } = work;
  const key = { organisation_id: device.organisationId, enrolment_id: device.enrolmentId };
  state.marks = await advanceMarks(trx, key, state.marks, sequencesOf(work));
  const marks = {
    high_water_mark: state.marks.highWaterMark,
    largest_sequence: state.marks.largestSequence,
  };
  const update = trx
    .updateTable('enrolments')
    .where('organisation_id', '=', key.organisation_id)
    .where('enrolment_id', '=', key.enrolment_id);
  if (work.isRescue === true) return void (await update.set(marks).execute());
  const boot = bootOf(work) ?? state.lastClock?.boot ?? null;
  const sentAtMs = Date.parse(request.sentAt);
  const offsetMs = clockOffset({ receivedAtMs, sentAtMs });
  state.lastClock = boot === null ? null : { boot, offsetMs };
  await update
    .set({
      ...marks,
      last_seen_at: instantOf(receivedAtMs),
      boot_id: boot,
      clock_offset_ms: offsetMs,
      report: JSON.stringify(request.report),
    })
    .execute();
}

/** The boot the push was sent in: as reported, or else that of the youngest entry, which is likeliest the one still running. */
function bootOf({ request, entries }: PushWork): BootId | null {
  if (request.report.bootId !== undefined) return request.report.bootId;
  let largest = 0;
  let boot: BootId | null = null;
  for (const one of entries)
    if (one.kind === 'understood' && one.entry.sequence > largest) {
      largest = one.entry.sequence;
      boot = one.entry.response.bootId;
    }
  return boot;
}

/** Whatever became of an entry, its sequence has arrived. */
function sequencesOf({ entries }: PushWork): number[] {
  return entries
    .map((one) => (one.kind === 'understood' ? one.entry.sequence : one.sequence))
    .filter((sequence) => sequence !== null);
}
