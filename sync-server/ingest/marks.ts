import { sql, type Transaction } from 'kysely';
import { insertRows } from '../store/insert-rows.ts';
import type { Tables } from '../store/tables.ts';

/** How far an enrolment's sequences have arrived. */
export interface Marks {
  /** Largest sequence such that it and all before it have arrived. */
  readonly highWaterMark: number;
  readonly largestSequence: number;
}

export interface EnrolmentKey {
  readonly organisation_id: string;
  readonly enrolment_id: string;
}

const RUN_LENGTH = 500;

/**
 * Moves the marks over sequences that have just arrived, keeping aside those that are ahead of a gap. A gap that is never filled costs
 * later pushes nothing: what waits behind it is read only when it closes.
 */
export async function advanceMarks(
  trx: Transaction<Tables>,
  enrolment: EnrolmentKey,
  before: Marks,
  arrived: readonly number[],
): Promise<Marks> {
  const fresh = [...new Set(arrived)]
    .filter((sequence) => sequence > before.highWaterMark)
    .toSorted((a, b) => a - b);
  let mark = before.highWaterMark;
  let used = 0;
  for (;;) {
    const start = mark;
    for (let next = fresh[used]; next === mark + 1; next = fresh[used]) {
      mark = next;
      used += 1;
    }
    if (mark === start) break;
    mark = await overEarlyArrivals(trx, enrolment, mark, before);
    while ((fresh[used] ?? Number.POSITIVE_INFINITY) <= mark) used += 1;
  }
  if (mark > before.highWaterMark) await forgetEarlyArrivals(trx, enrolment, mark, before);
  const ahead = fresh.slice(used);
  await insertRows(
    trx,
    'early_arrivals',
    ['organisation_id', 'enrolment_id', 'sequence'],
    ahead.map((sequence) => ({
      organisation_id: enrolment.organisation_id,
      enrolment_id: enrolment.enrolment_id,
      sequence,
    })),
    'on conflict do nothing',
  );
  return { highWaterMark: mark, largestSequence: Math.max(before.largestSequence, mark, fresh.at(-1) ?? 0) };
}

/** What has arrived ahead of a gap, among these sequences. */
export async function earlyArrivals(
  trx: Transaction<Tables>,
  enrolment: EnrolmentKey,
  from: number,
  through: number,
): Promise<ReadonlySet<number>> {
  const rows = await trx
    .selectFrom('early_arrivals')
    .select('sequence')
    .where('organisation_id', '=', enrolment.organisation_id)
    .where('enrolment_id', '=', enrolment.enrolment_id)
    .where('sequence', '>=', from)
    .where('sequence', '<=', through)
    .execute();
  return new Set(rows.map(({ sequence }) => sequence));
}

/** The mark after the early arrivals that follow it without a gap. */
async function overEarlyArrivals(
  trx: Transaction<Tables>,
  { organisation_id, enrolment_id }: EnrolmentKey,
  mark: number,
  before: Marks,
): Promise<number> {
  // Nothing was ahead of the mark before: the table need not be asked.
  if (before.largestSequence <= mark) return mark;
  let reached = mark;
  for (;;) {
    const { rows } = await sql<{ sequence: number }>`
      select sequence from early_arrivals
      where organisation_id = ${organisation_id} and enrolment_id = ${enrolment_id} and sequence > ${reached}
      order by sequence limit ${RUN_LENGTH}`.execute(trx);
    let isUnbroken = rows.length === RUN_LENGTH;
    for (const { sequence } of rows) {
      if (sequence !== reached + 1) {
        isUnbroken = false;
        break;
      }
      reached = sequence;
    }
    if (!isUnbroken) return reached;
  }
}

async function forgetEarlyArrivals(
  trx: Transaction<Tables>,
  { organisation_id, enrolment_id }: EnrolmentKey,
  mark: number,
  before: Marks,
): Promise<void> {
  if (before.largestSequence <= before.highWaterMark) return;
  await sql`
    delete from early_arrivals
    where organisation_id = ${organisation_id} and enrolment_id = ${enrolment_id} and sequence <= ${mark}`.execute(
    trx,
  );
}
