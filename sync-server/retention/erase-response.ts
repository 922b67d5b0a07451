import type { Transaction } from 'kysely';
import type { Answer } from '../../domain/answers.ts';
import { localMoment } from '../../domain/local-time.ts';
import type { SurveyVersion } from '../../domain/survey.ts';
import type { Clock } from '../clock.ts';
import { changeTallies } from '../ingest/change-tallies.ts';
import { TallyBook } from '../ingest/tallies.ts';
import { decisionsOn } from '../integrity/decisions-on.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

/** A response, wherever it is kept. */
export interface ErasedResponse {
  readonly organisationId: string;
  readonly responseId: string;
}

/** The organisations that keep something under this id, stored or in quarantine. */
export async function organisationsHolding(store: Store, responseId: string): Promise<readonly string[]> {
  const rows = await store.db
    .selectFrom('responses')
    .select('organisation_id')
    .where('response_id', '=', responseId)
    .union(store.db.selectFrom('quarantine').select('organisation_id').where('response_id', '=', responseId))
    .execute();
  return rows.map((row) => row.organisation_id);
}

/**
 * Erases one response for good, in one transaction: its answers, its words, its copies in quarantine; the tallies are brought back to
 * what remains, and a tombstone stays, so that no tablet that offers it again brings it back. Erasing twice changes nothing.
 */
export async function eraseResponse(
  store: Store,
  clock: Clock,
  { organisationId, responseId }: ErasedResponse,
): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    const { time_zone: timeZone } = await trx
      .selectFrom('organisations')
      .select('time_zone')
      .where('organisation_id', '=', organisationId)
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('tombstones')
      .values({
        organisation_id: organisationId,
        response_id: responseId,
        erased_on: localMoment(clock.now(), timeZone).date,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await removeResponse(trx, organisationId, responseId);
  });
}

/** Takes a response and all that was made of it out of the store, the tallies included. */
export async function removeResponse(
  trx: Transaction<Tables>,
  organisationId: string,
  responseId: string,
): Promise<void> {
  await takeBackTallies(trx, organisationId, responseId);
  for (const table of ['verbatims', 'decided_responses', 'responses', 'quarantine'] as const)
    await trx
      .deleteFrom(table as 'responses')
      .where('organisation_id', '=', organisationId)
      .where('response_id', '=', responseId)
      .execute();
}

async function takeBackTallies(
  trx: Transaction<Tables>,
  organisationId: string,
  responseId: string,
): Promise<void> {
  const row = await trx
    .selectFrom('responses')
    .innerJoin('survey_versions', (join) =>
      join
        .onRef('survey_versions.organisation_id', '=', 'responses.organisation_id')
        .onRef('survey_versions.survey_version_id', '=', 'responses.survey_version_id'),
    )
    .selectAll('responses')
    .select('survey_versions.content')
    .where('responses.organisation_id', '=', organisationId)
    .where('responses.response_id', '=', responseId)
    .where('responses.is_counted', '=', 1)
    .executeTakeFirst();
  if (row === undefined) return;
  const decisionsOf = await decisionsOn(trx, { organisationId, responseIds: [responseId] });
  const was = new TallyBook();
  was.count(
    { ...row, answers: JSON.parse(row.answers) as Answer[], decisions: decisionsOf(row) },
    JSON.parse(row.content) as SurveyVersion,
  );
  await changeTallies(trx, { was, is: new TallyBook() });
}
