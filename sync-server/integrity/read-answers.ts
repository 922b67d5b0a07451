import type { Kysely } from 'kysely';
import { integrityFlagsAmong } from '../../domain/integrity.ts';
import type { DecisionId, PointId } from '../../domain/ids.ts';
import type { Channel } from '../../domain/answers.ts';
import type { LocalDate } from '../../domain/weeks.ts';
import type { ListedAnswer } from '../../protocol/integrity.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { referenceOf } from './reference.ts';
import { runsOf } from './runs.ts';

/** One day at one service. */
export interface DayKey {
  readonly organisationId: string;
  readonly serviceId: string;
  readonly date: LocalDate;
}

/** An answer of the day, with the identity that the list does not tell. */
export interface DayAnswer extends ListedAnswer {
  readonly responseId: string;
}

/** Every counted answer of a day, in an order that says nothing of the hour: half-days, runs, then chance. */
export async function readAnswers(
  db: Kysely<Tables>,
  { codeSalt }: Pick<Store, 'codeSalt'>,
  { organisationId, serviceId, date }: DayKey,
): Promise<readonly DayAnswer[]> {
  const rows = await db
    .selectFrom('responses')
    .leftJoin('decided_responses', (join) =>
      join
        .onRef('decided_responses.organisation_id', '=', 'responses.organisation_id')
        .onRef('decided_responses.response_id', '=', 'responses.response_id')
        .on('decided_responses.in_force', '=', 1),
    )
    .leftJoin('integrity_decisions', (join) =>
      join
        .onRef('integrity_decisions.organisation_id', '=', 'decided_responses.organisation_id')
        .onRef('integrity_decisions.decision_id', '=', 'decided_responses.decision_id'),
    )
    .select([
      'responses.response_id',
      'responses.enrolment_id',
      'responses.sequence',
      'responses.point_id',
      'responses.half_day',
      'responses.channel',
      'responses.disposition',
      'responses.duration_seconds',
      'responses.flags',
      'integrity_decisions.decision_id',
      'integrity_decisions.decided',
    ])
    .where('responses.organisation_id', '=', organisationId)
    .where('responses.service_id', '=', serviceId)
    .where('responses.local_date', '=', date)
    .where('responses.is_counted', '=', 1)
    .execute();
  const answers = rows.map((row) => {
    const flags = integrityFlagsAmong(JSON.parse(row.flags) as string[]);
    const reference = referenceOf(codeSalt, organisationId, row.response_id);
    const byRules = flags.length > 0 ? 'flagged' : 'clear';
    return {
      row,
      placed: {
        reference,
        enrolmentId: row.enrolment_id,
        sequence: row.sequence,
        isFlagged: flags.length > 0,
      },
      flags,
      isSetAside: (row.decided ?? byRules) === 'flagged',
    };
  });
  const runs = runsOf(answers.map(({ placed }) => placed));
  return answers
    .map(
      ({ row, placed: { reference }, flags, isSetAside }): DayAnswer => ({
        responseId: row.response_id,
        reference,
        halfDay: row.half_day,
        pointId: row.point_id as PointId,
        channel: row.channel as Channel,
        isComplete: row.disposition === 'complete',
        durationSeconds: row.duration_seconds,
        flags: [...flags],
        isSetAside,
        run: runs.get(reference) ?? null,
        decisionId: row.decision_id as DecisionId | null,
      }),
    )
    .toSorted(
      (a, b) =>
        a.halfDay.localeCompare(b.halfDay) ||
        (a.run ?? Number.MAX_SAFE_INTEGER) - (b.run ?? Number.MAX_SAFE_INTEGER) ||
        (a.reference < b.reference ? -1 : 1),
    );
}
