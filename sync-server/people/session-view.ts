import { localMoment } from '../../domain/local-time.ts';
import type { OrganisationId, PointId, ServiceId } from '../../domain/ids.ts';
import type { Session } from '../../protocol/people.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { SignedIn } from './sessions.ts';

/** The zone of a person who may see nothing: no figure depends on it. */
const ANY_ZONE = 'UTC';

/** What the web view is told about whoever is signed in. */
export async function sessionView(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  { person, scope }: SignedIn,
): Promise<Session> {
  const services = await store.db
    .selectFrom('services')
    .innerJoin('organisations', 'organisations.organisation_id', 'services.organisation_id')
    .innerJoin('sites', (join) =>
      join
        .onRef('sites.organisation_id', '=', 'services.organisation_id')
        .onRef('sites.site_id', '=', 'services.site_id'),
    )
    .select([
      'services.organisation_id',
      'services.service_id',
      'services.name as service_name',
      'services.status',
      'sites.name as site_name',
      'organisations.name as organisation_name',
      'organisations.time_zone',
      'organisations.is_demonstration',
    ])
    .where('services.organisation_id', 'in', scope.organisationIds)
    .orderBy('organisations.position')
    .orderBy('services.position')
    .execute();
  const points = await store.db
    .selectFrom('points')
    .select(['organisation_id', 'service_id', 'point_id'])
    .where('organisation_id', 'in', scope.organisationIds)
    .orderBy('point_id')
    .execute();
  const { first } = await store.db
    .selectFrom('tallies')
    .select((is) => is.fn.min('starts_on').as('first'))
    .where('organisation_id', 'in', scope.organisationIds)
    .where('grain', '=', 'day')
    .where(
      'service_id',
      'in',
      services.map((row) => row.service_id),
    )
    .where('item_id', '=', '')
    .executeTakeFirstOrThrow();
  const timeZone = services[0]?.time_zone ?? ANY_ZONE;
  return {
    person: {
      personId: person.personId,
      name: person.name,
      email: person.email,
      hasPassword: person.passwordHash !== null,
    },
    services: services.map((row) => ({
      organisationId: row.organisation_id as OrganisationId,
      organisationName: row.organisation_name,
      serviceId: row.service_id as ServiceId,
      serviceName: row.service_name,
      siteName: row.site_name,
      status: row.status,
      pointIds: points
        .filter(
          (point) => point.organisation_id === row.organisation_id && point.service_id === row.service_id,
        )
        .map((point) => point.point_id as PointId),
    })),
    timeZone,
    today: localMoment(clock.now(), timeZone).date,
    firstAnswerOn: first,
    isDemonstration: services.some((row) => row.is_demonstration === 1),
  };
}
