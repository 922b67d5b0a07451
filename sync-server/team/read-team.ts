import type { OrganisationId, PersonId, ServiceId } from '../../domain/ids.ts';
import type { GrantedRole, ListedPerson, Team } from '../../protocol/team.ts';
import { type Grant, grantsOf } from '../people/grants.ts';
import { inWholeOrganisationsOf, wholeOrganisationsOf } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';

/** Everybody who has a role in the scope's organisations, or whose account is kept there, with their roles there and nowhere else. */
export async function readPeople({ db }: Pick<Store, 'db'>, scope: Scope): Promise<readonly ListedPerson[]> {
  const organisationIds = wholeOrganisationsOf(scope);
  const seesEmails = new Set(
    scope.reaches.filter((reach) => reach.seesContactDetails).map(({ organisationId }) => organisationId),
  );
  const rows = await db
    .selectFrom('people')
    .select((is) => [
      'organisation_id',
      'person_id',
      'name',
      'email',
      'password_hash',
      'totp_confirmed_at',
      'deactivated_at',
      is
        .selectFrom('sessions')
        .select((of) => of.fn.max('last_seen_at').as('at'))
        .whereRef('sessions.organisation_id', '=', 'people.organisation_id')
        .whereRef('sessions.person_id', '=', 'people.person_id')
        .as('last_seen_at'),
    ])
    .where((is) =>
      is.or([
        inWholeOrganisationsOf(scope, 'people'),
        is.exists(
          is
            .selectFrom('role_grants')
            .select('role')
            .whereRef('role_grants.home_organisation_id', '=', 'people.organisation_id')
            .whereRef('role_grants.person_id', '=', 'people.person_id')
            .where(inWholeOrganisationsOf(scope, 'role_grants')),
        ),
      ]),
    )
    .orderBy('name')
    .orderBy('person_id')
    .execute();
  return Promise.all(
    rows.map(async (row): Promise<ListedPerson> => {
      const key = {
        organisationId: row.organisation_id as OrganisationId,
        personId: row.person_id as PersonId,
      };
      const grants = (await grantsOf(db, key)).filter(({ organisationId }) =>
        organisationIds.includes(organisationId),
      );
      const isSeen = [...grants.map((grant) => grant.organisationId), key.organisationId].some((id) =>
        seesEmails.has(id),
      );
      return {
        ...key,
        name: row.name,
        email: isSeen ? row.email : null,
        hasPassword: row.password_hash !== null,
        hasSecondFactor: row.totp_confirmed_at !== null,
        deactivatedAt: row.deactivated_at,
        lastSeenAt: row.last_seen_at,
        grants: grants.map(shown),
      };
    }),
  );
}

/** The organisations of the scope with their sites and services: what a role may be given in. */
export async function readPlaces({ db }: Pick<Store, 'db'>, scope: Scope): Promise<Team['organisations']> {
  const organisations = await db
    .selectFrom('organisations')
    .select(['organisation_id', 'name'])
    .where(inWholeOrganisationsOf(scope, 'organisations'))
    .orderBy('position')
    .execute();
  const services = await db
    .selectFrom('services')
    .innerJoin('sites', (join) =>
      join
        .onRef('sites.organisation_id', '=', 'services.organisation_id')
        .onRef('sites.site_id', '=', 'services.site_id'),
    )
    .select(['services.organisation_id', 'services.site_id', 'services.service_id'])
    .select(['services.name as service_name', 'sites.name as site_name'])
    .where(inWholeOrganisationsOf(scope, 'services'))
    .orderBy('services.position')
    .execute();
  return organisations.map(({ organisation_id, name }) => {
    const own = services.filter((row) => row.organisation_id === organisation_id);
    return {
      organisationId: organisation_id as OrganisationId,
      name,
      sites: [...new Map(own.map((row) => [row.site_id, row.site_name]))].map(([siteId, siteName]) => ({
        siteId,
        name: siteName,
        services: own
          .filter((row) => row.site_id === siteId)
          .map((row) => ({ serviceId: row.service_id as ServiceId, name: row.service_name })),
      })),
    };
  });
}

function shown({ organisationId, role, siteIds, serviceIds }: Grant): GrantedRole {
  return {
    organisationId: organisationId as OrganisationId,
    role,
    siteIds: [...siteIds],
    serviceIds: serviceIds.map((id) => id as ServiceId),
  };
}
