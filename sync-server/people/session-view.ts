import type { PointId } from '../../domain/ids.ts';
import type { Session } from '../../protocol/people.ts';
import { PERMISSIONS } from '../../protocol/roles.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { inScope } from './scope.ts';
import { IDLE_MS, type SignedIn } from './sessions.ts';
import { placeOf, visibleServices } from './visible-services.ts';

/** What the web view is told about whoever is signed in. */
export async function sessionView(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  { person, scope, scopeFor, expiresAt, mustSetSecondFactor, way }: SignedIn,
): Promise<Session> {
  const services = await visibleServices(store.db, scope);
  const points = await store.db
    .selectFrom('points')
    .select(['organisation_id', 'service_id', 'point_id'])
    .where(inScope(scope, 'points'))
    .orderBy('point_id')
    .execute();
  // Each service's own days, by key: what the tables hold beside does not matter.
  const { first } = await store.db
    .selectFrom('tallies')
    .select((is) => is.fn.min('starts_on').as('first'))
    .where(inScope(scope, 'tallies'))
    .where('grain', '=', 'day')
    .where('service_id', 'in', (query) =>
      query.selectFrom('services').select('service_id').where(inScope(scope, 'services')),
    )
    .where('item_id', '=', '')
    .executeTakeFirstOrThrow();
  return {
    person: {
      personId: person.personId,
      name: person.name,
      email: person.email,
      hasPassword: person.passwordHash !== null,
      hasSecondFactor: person.hasSecondFactor,
    },
    services: services.map((service) => ({
      organisationId: service.organisationId,
      organisationName: service.organisationName,
      serviceId: service.serviceId,
      serviceName: service.serviceName,
      siteName: service.siteName,
      status: service.status,
      pointIds: points
        .filter(
          (point) =>
            point.organisation_id === service.organisationId && point.service_id === service.serviceId,
        )
        .map((point) => point.point_id as PointId),
    })),
    ...placeOf(services, clock),
    firstAnswerOn: first,
    mustSetSecondFactor,
    isFromMachine: way === 'machine',
    permissions: PERMISSIONS.filter((permission) => scopeFor(permission).reaches.length > 0),
    idleMs: IDLE_MS,
    expiresAt,
  };
}
