import type { Transaction } from 'kysely';
import type { Answer } from '../../domain/answers.ts';
import type { SurveyVersion } from '../../domain/survey.ts';
import { changeTallies } from '../ingest/change-tallies.ts';
import { TallyBook } from '../ingest/tallies.ts';
import type { Tables } from '../store/tables.ts';
import { decisionsOn } from './decisions-on.ts';

/** Changes what was decided about some responses, and brings the tallies along: they never say anything but what the responses do. */
export async function countAgain(
  trx: Transaction<Tables>,
  of: { readonly organisationId: string; readonly responseIds: readonly string[] },
  change: () => Promise<void>,
): Promise<void> {
  const was = await bookOf(trx, of);
  await change();
  await changeTallies(trx, { was, is: await bookOf(trx, of) });
}

async function bookOf(
  trx: Transaction<Tables>,
  of: { readonly organisationId: string; readonly responseIds: readonly string[] },
): Promise<TallyBook> {
  const book = new TallyBook();
  if (of.responseIds.length === 0) return book;
  const decisionsOf = await decisionsOn(trx, of);
  const rows = await trx
    .selectFrom('responses')
    .selectAll()
    .where('organisation_id', '=', of.organisationId)
    .where('response_id', 'in', [...of.responseIds])
    .where('is_counted', '=', 1)
    .execute();
  const versions = new Map<string, SurveyVersion>();
  for (const versionId of new Set(rows.map((row) => row.survey_version_id))) {
    const { content } = await trx
      .selectFrom('survey_versions')
      .select('content')
      .where('organisation_id', '=', of.organisationId)
      .where('survey_version_id', '=', versionId)
      .executeTakeFirstOrThrow();
    versions.set(versionId, JSON.parse(content) as SurveyVersion);
  }
  for (const row of rows) {
    const version = versions.get(row.survey_version_id);
    if (version === undefined) throw new Error(`There is no survey version ${row.survey_version_id}.`);
    book.count(
      { ...row, answers: JSON.parse(row.answers) as Answer[], decisions: decisionsOf(row) },
      version,
    );
  }
  return book;
}
