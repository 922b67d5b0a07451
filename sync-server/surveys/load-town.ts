import type { Kysely, Transaction } from 'kysely';
import { type Clock, instantOf } from '../clock.ts';
import { PlainFault } from '../plain-fault.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { Town } from './town-file.ts';

type Organisation = Town['organisations'][number];

/**
 * Publishes a town's data: what is new is added, names, hours and targets are brought up to date, nothing is ever removed. Loading the
 * same file again changes nothing.
 *
 * @throws PlainFault when a published questionnaire was edited under its own name: answers already given to it would change meaning.
 */
export async function loadTown(store: Store, town: Town, clock: Clock): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    for (const [position, organisation] of town.organisations.entries()) {
      await loadOrganisation(trx, organisation, position);
      await publishSurveys(trx, organisation, clock);
      await loadServices(trx, organisation);
    }
  });
}

async function loadOrganisation(
  trx: Transaction<Tables>,
  { organisationId, name, timeZone, notice, sites }: Organisation,
  position: number,
): Promise<void> {
  const content = { name, time_zone: timeZone, notice: JSON.stringify(notice), position };
  await trx
    .insertInto('organisations')
    .values({ organisation_id: organisationId, ...content, is_demonstration: 0 })
    .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(content))
    .execute();
  for (const site of sites)
    await trx
      .insertInto('sites')
      .values({ organisation_id: organisationId, site_id: site.siteId, name: site.name })
      .onConflict((conflict) =>
        conflict.columns(['organisation_id', 'site_id']).doUpdateSet({ name: site.name }),
      )
      .execute();
}

async function publishSurveys(
  trx: Transaction<Tables>,
  { organisationId, surveys }: Organisation,
  clock: Clock,
): Promise<void> {
  for (const { surveyId, name, versions } of surveys) {
    await trx
      .insertInto('surveys')
      .values({ organisation_id: organisationId, survey_id: surveyId, name })
      .onConflict((conflict) => conflict.columns(['organisation_id', 'survey_id']).doUpdateSet({ name }))
      .execute();
    for (const version of versions) {
      const content = JSON.stringify({ surveyId, ...version });
      const published = await publishedContent(trx, organisationId, version.surveyVersionId);
      if (published === content) continue;
      if (published !== undefined)
        throw new PlainFault(
          `Survey version ${version.surveyVersionId} is published and has changed in the town file. Answers were given to it as it was: put it back, and publish the change as a version of its own with the next number.`,
        );
      await trx
        .insertInto('survey_versions')
        .values({
          organisation_id: organisationId,
          survey_version_id: version.surveyVersionId,
          survey_id: surveyId,
          number: version.number,
          content,
          published_at: instantOf(clock.now()),
        })
        .execute();
    }
  }
}

async function publishedContent(
  db: Kysely<Tables>,
  organisationId: string,
  surveyVersionId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('survey_versions')
    .select('content')
    .where('organisation_id', '=', organisationId)
    .where('survey_version_id', '=', surveyVersionId)
    .executeTakeFirst();
  return row?.content;
}

async function loadServices(
  trx: Transaction<Tables>,
  { organisationId, services }: Organisation,
): Promise<void> {
  for (const [position, service] of services.entries()) {
    const { serviceId, siteId, name, status, targetPercent, points } = service;
    const content = { site_id: siteId, name, status, target_percent: targetPercent, position };
    await trx
      .insertInto('services')
      .values({ organisation_id: organisationId, service_id: serviceId, ...content })
      .onConflict((conflict) => conflict.columns(['organisation_id', 'service_id']).doUpdateSet(content))
      .execute();
    for (const point of points) {
      const row = {
        service_id: serviceId,
        survey_id: point.surveyId,
        name: point.name,
        opening_hours: JSON.stringify(point.openingHours),
      };
      await trx
        .insertInto('points')
        .values({ organisation_id: organisationId, point_id: point.pointId, ...row })
        .onConflict((conflict) => conflict.columns(['organisation_id', 'point_id']).doUpdateSet(row))
        .execute();
    }
  }
}
