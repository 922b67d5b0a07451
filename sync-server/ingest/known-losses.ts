import { sql, type Transaction } from 'kysely';
import type { HeldRange, KnownLoss } from '../../protocol/known-loss.ts';
import { instantOf } from '../clock.ts';
import { insertRows } from '../store/insert-rows.ts';
import type { Tables } from '../store/tables.ts';
import { clockOffset } from './clock-correction.ts';
import { advanceMarks, type EnrolmentKey, earlyArrivals, type Marks } from './marks.ts';
import type { PushWork } from './push-work.ts';

interface Run {
  readonly first: number;
  readonly last: number;
}

/** How many sequences one push may settle; a loss beyond that is counted by the pushes that follow, which tell of it again. */
const SETTLED_AT_ONCE = 10_000;

/**
 * Counts what a tablet says it has lost: of the sequences up to there, those that have neither arrived nor are on the tablet still. The marks
 * pass over them, so that a loss holds up nothing; told again, it changes nothing.
 */
export async function countLosses(
  trx: Transaction<Tables>,
  enrolment: EnrolmentKey,
  work: PushWork,
  before: Marks,
): Promise<Marks> {
  const { losses = [], held = [] } = work.request.report;
  let marks = before;
  for (const loss of losses.toSorted((a, b) => a.throughSequence - b.throughSequence)) {
    const from = marks.highWaterMark + 1;
    const through = Math.min(loss.throughSequence, marks.highWaterMark + SETTLED_AT_ONCE);
    if (through < from) continue;
    const early = await earlyArrivals(trx, enrolment, from, through);
    const lost = missingRuns(from, through, (sequence) => early.has(sequence) || isHeld(held, sequence));
    if (lost.length === 0) continue;
    await insertRuns(trx, enrolment, lost, loss, noticedAt(work, loss));
    marks = await advanceMarks(trx, enrolment, marks, lost.flatMap(sequencesOf));
  }
  return marks;
}

/**
 * An answer given up for lost has come after all: it is lost no more.
 *
 * @returns the sequences that were not among the lost
 */
export async function findAgain(
  trx: Transaction<Tables>,
  enrolment: EnrolmentKey,
  arrived: readonly number[],
): Promise<readonly number[]> {
  const others: number[] = [];
  for (const sequence of arrived) {
    const { rows } = await sql<Tables['known_losses']>`
      delete from known_losses
      where organisation_id = ${enrolment.organisation_id} and enrolment_id = ${enrolment.enrolment_id}
        and first_sequence <= ${sequence} and last_sequence >= ${sequence}
      returning *`.execute(trx);
    const [run] = rows;
    if (run === undefined) {
      others.push(sequence);
      continue;
    }
    const rest = [
      { first: run.first_sequence, last: sequence - 1 },
      { first: sequence + 1, last: run.last_sequence },
    ].filter(({ first, last }) => first <= last);
    await insertRuns(
      trx,
      enrolment,
      rest,
      { throughSequence: run.through_sequence, cause: run.cause },
      run.noticed_at,
    );
  }
  return others;
}

async function insertRuns(
  trx: Transaction<Tables>,
  enrolment: EnrolmentKey,
  runs: readonly Run[],
  { throughSequence, cause }: Pick<KnownLoss, 'throughSequence' | 'cause'>,
  noticed_at: string,
): Promise<void> {
  await insertRows(
    trx,
    'known_losses',
    [
      'organisation_id',
      'enrolment_id',
      'first_sequence',
      'last_sequence',
      'through_sequence',
      'noticed_at',
      'cause',
    ],
    runs.map(({ first, last }) => ({
      ...enrolment,
      first_sequence: first,
      last_sequence: last,
      through_sequence: throughSequence,
      noticed_at,
      cause,
    })),
    '',
  );
}

function isHeld(held: readonly HeldRange[], sequence: number): boolean {
  return held.some(({ from, through }) => from <= sequence && sequence <= through);
}

function missingRuns(from: number, through: number, isThere: (sequence: number) => boolean): Run[] {
  const runs: Run[] = [];
  let first: number | null = null;
  for (let sequence = from; sequence <= through + 1; sequence += 1) {
    const isMissing = sequence <= through && !isThere(sequence);
    if (isMissing) first ??= sequence;
    else if (first !== null) {
      runs.push({ first, last: sequence - 1 });
      first = null;
    }
  }
  return runs;
}

function sequencesOf({ first, last }: Run): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The tablet's instant, put right by the error of its clock; nobody notices anything after he tells it. */
function noticedAt({ receivedAtMs, request }: PushWork, loss: KnownLoss): string {
  const offsetMs = clockOffset({ receivedAtMs, sentAtMs: Date.parse(request.sentAt) });
  return instantOf(Math.min(receivedAtMs, Date.parse(loss.noticedAt) + offsetMs));
}
