import { sql, type Transaction } from 'kysely';
import type { BootId } from '../../domain/ids.ts';
import type { Entry } from '../../protocol/push.ts';
import { instantOf } from '../clock.ts';
import { isSameQuarter, noteAlive, type SignOfLife } from '../coverage/note-alive.ts';
import { engineOf } from '../store/engine.ts';
import type { Tables } from '../store/tables.ts';
import { updateRows } from '../store/update-rows.ts';
import { wantedIds } from '../store/wanted-ids.ts';
import { type ClockReadings, clockOffset } from './clock-correction.ts';
import { countLosses } from './known-losses.ts';
import { advanceMarks, type Marks } from './marks.ts';
import type { PushWork } from './push-work.ts';
import { noteBoot, noteTakenSequences } from './shared-enrolments.ts';

/** An enrolment while its pushes are being stored; several pushes of one group change it in turn. */
export interface EnrolmentState {
  readonly isRevoked: boolean;
  readonly pointId: string;
  /** Milliseconds since 1970 of the sign of life before this group's; null before the first. */
  lastSeenMs: number | null;
  /** 0 where two tablets share the enrolment: a backup vouches for numbers, and they give each number twice. */
  safeThrough: number;
  marks: Marks;
  lastClock: ClockReadings['last'];
}

/** By enrolment id; those that do not exist are not there. Until the transaction ends nobody else changes them. */
export async function lockEnrolmentStates(
  trx: Transaction<Tables>,
  works: readonly PushWork[],
): Promise<Map<string, EnrolmentState>> {
  const wanted = new Map(
    works.map(({ device: { organisationId, enrolmentId } }) => [
      enrolmentId,
      { organisationId, id: enrolmentId },
    ]),
  );
  // SQLite's one writer needs no lock. In one order, so that two processes never wait for each other.
  const lock =
    engineOf(trx) === 'postgres'
      ? sql`order by enrolments.organisation_id, enrolments.enrolment_id for no key update of enrolments`
      : sql``;
  const { rows } = await sql<Omit<Tables['enrolments'], 'report'>>`
    select
      enrolments.enrolment_id, point_id, revoked_at, last_seen_at, high_water_mark, largest_sequence, boot_id, clock_offset_ms,
      case when shared.taken_sequences > 0 then 0 else safe_through end as safe_through
    from ${wantedIds(trx, [...wanted.values()])}
    join enrolments
      on enrolments.organisation_id = wanted.organisation_id
      and enrolments.enrolment_id = wanted.id
    left join shared_enrolments as shared
      on shared.organisation_id = enrolments.organisation_id
      and shared.enrolment_id = enrolments.enrolment_id
    ${lock}`.execute(trx);
  return new Map(
    rows.map((row) => [
      row.enrolment_id,
      {
        isRevoked: row.revoked_at !== null,
        pointId: row.point_id,
        lastSeenMs: row.last_seen_at === null ? null : Date.parse(row.last_seen_at),
        safeThrough: row.safe_through,
        marks: { highWaterMark: row.high_water_mark, largestSequence: row.largest_sequence },
        lastClock:
          row.boot_id === null || row.clock_offset_ms === null
            ? null
            : { boot: row.boot_id, offsetMs: row.clock_offset_ms },
      },
    ]),
  );
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

const KEY = ['organisation_id', 'enrolment_id'] as const;
const MARKS = ['high_water_mark', 'largest_sequence'] as const;
const SIGN_OF_LIFE = ['last_seen_at', 'boot_id', 'clock_offset_ms', 'report'] as const;
type Mark = (typeof MARKS)[number];
type Life = (typeof SIGN_OF_LIFE)[number];
type Row<Column extends keyof Tables['enrolments']> = Pick<
  Tables['enrolments'],
  (typeof KEY)[number] | Column
>;

/** Writes down what stored pushes have told: each tablet's marks, its clock, its report and that it is alive. */
export async function updateEnrolments(
  trx: Transaction<Tables>,
  works: readonly PushWork[],
  states: ReadonlyMap<string, EnrolmentState>,
  acceptedOf: (work: PushWork) => readonly Entry[],
): Promise<void> {
  const signs: SignOfLife[] = [];
  const changed = new Map<string, { marks: Row<Mark>; life: Row<Life> | null }>();
  for (const work of works) {
    const { organisationId: organisation_id, enrolmentId: enrolment_id } = work.device;
    const key = { organisation_id, enrolment_id };
    const state = states.get(enrolment_id);
    if (state === undefined) continue;
    if (await noteTakenSequences(trx, key, state.marks, acceptedOf(work), work.receivedAtMs))
      state.safeThrough = 0;
    state.marks = await advanceMarks(trx, key, state.marks, sequencesOf(work));
    if (work.isRescue !== true) {
      state.marks = await countLosses(trx, key, work, state.marks);
      await noteBoot(trx, key, state.lastClock?.boot ?? null, bootOf(work), work.receivedAtMs);
      signs.push(...signsIn(work, state));
      state.lastSeenMs = work.receivedAtMs;
    }
    const { highWaterMark, largestSequence } = state.marks;
    changed.set(enrolment_id, {
      marks: { ...key, high_water_mark: highWaterMark, largest_sequence: largestSequence },
      life:
        work.isRescue === true
          ? (changed.get(enrolment_id)?.life ?? null)
          : { ...key, ...signOfLife(work, state) },
    });
  }
  const rows = [...changed.values()];
  const alive = rows.flatMap(({ marks, life }) => (life === null ? [] : [{ ...marks, ...life }]));
  await updateRows(trx, 'enrolments', KEY, [...MARKS, ...SIGN_OF_LIFE], alive);
  const carried = rows.filter(({ life }) => life === null).map(({ marks }) => marks);
  await updateRows(trx, 'enrolments', KEY, MARKS, carried);
  await noteAlive(trx, signs);
}

/** A heartbeat comes every minute; the first of each quarter of an hour is enough. */
function signsIn({ device, receivedAtMs, timeZone }: PushWork, state: EnrolmentState): readonly SignOfLife[] {
  if (state.lastSeenMs !== null && isSameQuarter(state.lastSeenMs, receivedAtMs)) return [];
  return [{ organisationId: device.organisationId, pointId: state.pointId, atMs: receivedAtMs, timeZone }];
}

function signOfLife(work: PushWork, state: EnrolmentState) {
  const { request, receivedAtMs } = work;
  const boot = bootOf(work) ?? state.lastClock?.boot ?? null;
  const offsetMs = clockOffset({ receivedAtMs, sentAtMs: Date.parse(request.sentAt) });
  state.lastClock = boot === null ? null : { boot, offsetMs };
  return {
    last_seen_at: instantOf(receivedAtMs),
    boot_id: boot,
    clock_offset_ms: offsetMs,
    report: JSON.stringify(request.report),
  };
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
