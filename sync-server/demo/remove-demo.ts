import { sql } from 'kysely';
import type { Store } from '../store/store.ts';
import { DEMO_PUBLISHER } from './demo-publication.ts';

/**
 * Takes the demonstration out again, in one transaction: made-up tablets and those enrolled while it was there, their answers, words,
 * quarantined entries and what was published of them. What real tablets left stays; the caller rebuilds the tallies from it. Null when there is no demonstration.
 */
export async function removeDemo(store: Store): Promise<{ readonly responses: number } | null> {
  return store.db.transaction().execute(async (trx) => {
    const marked = await trx
      .selectFrom('enrolments')
      .select(['organisation_id', 'enrolment_id'])
      .where('is_demonstration', '=', 1)
      .execute();
    if (marked.length === 0) return null;
    let responses = 0;
    for (const { organisation_id, enrolment_id } of marked) {
      await trx
        .deleteFrom('verbatims')
        .where('organisation_id', '=', organisation_id)
        .where('response_id', 'in', (query) =>
          query
            .selectFrom('responses')
            .select('response_id')
            .where('organisation_id', '=', organisation_id)
            .where('enrolment_id', '=', enrolment_id),
        )
        .execute();
      await trx
        .deleteFrom('decided_responses')
        .where('organisation_id', '=', organisation_id)
        .where('response_id', 'in', (query) =>
          query
            .selectFrom('responses')
            .select('response_id')
            .where('organisation_id', '=', organisation_id)
            .where('enrolment_id', '=', enrolment_id),
        )
        .execute();
      const deleted = await trx
        .deleteFrom('responses')
        .where('organisation_id', '=', organisation_id)
        .where('enrolment_id', '=', enrolment_id)
        .executeTakeFirst();
      responses += Number(deleted.numDeletedRows);
      for (const table of [
        'quarantine',
        'early_arrivals',
        'known_losses',
        'shared_enrolments',
        'presence_keys',
        'visit_grants',
        'enrolments',
      ] as const)
        await trx
          .deleteFrom(table)
          .where('organisation_id', '=', organisation_id)
          .where(sql.ref(`${table}.enrolment_id`), '=', enrolment_id)
          .execute();
    }
    // What was decided about made-up answers alone.
    await trx
      .deleteFrom('integrity_decisions')
      .where('organisation_id', 'in', (query) =>
        query.selectFrom('organisations').select('organisation_id').where('is_demonstration', '=', 1),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('decided_responses')
              .select('decided_responses.decision_id')
              .whereRef('decided_responses.organisation_id', '=', 'integrity_decisions.organisation_id')
              .whereRef('decided_responses.decision_id', '=', 'integrity_decisions.decision_id'),
          ),
        ),
      )
      .execute();
    // A figure of made-up answers, whoever published it; the lines that somebody wrote meanwhile stay.
    await trx
      .deleteFrom('published_results')
      .where('organisation_id', 'in', (query) =>
        query.selectFrom('organisations').select('organisation_id').where('is_demonstration', '=', 1),
      )
      .execute();
    await trx
      .deleteFrom('alive_quarters')
      .where('organisation_id', 'in', (query) =>
        query.selectFrom('organisations').select('organisation_id').where('is_demonstration', '=', 1),
      )
      .execute();
    await trx.deleteFrom('improvements').where('created_by', '=', DEMO_PUBLISHER).execute();
    await trx.deleteFrom('visitor_counts').where('entered_by', '=', DEMO_PUBLISHER).execute();
    await trx.deleteFrom('calendar_marks').where('created_by', '=', DEMO_PUBLISHER).execute();
    await trx.updateTable('organisations').set({ is_demonstration: 0 }).execute();
    return { responses };
  });
}
