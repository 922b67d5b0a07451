import type { Kysely } from 'kysely';
import type { Role } from '../../protocol/roles.ts';
import type { Reach } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { mayDo } from './permissions.ts';
import type { Person } from './people.ts';

/** What somebody is in one organisation. Sites and services say where, for a référent; nobody else's role is narrowed by them. */
export interface Grant {
  readonly organisationId: string;
  readonly role: Role;
  readonly siteIds: readonly string[];
  readonly serviceIds: readonly string[];
}

type Key = Pick<Person, 'organisationId' | 'personId'>;

/** What a person is, in the order of the town file. */
export async function grantsOf(
  db: Kysely<Tables>,
  { organisationId, personId }: Key,
): Promise<readonly Grant[]> {
  const rows = await db
    .selectFrom('role_grants')
    .innerJoin('organisations', 'organisations.organisation_id', 'role_grants.organisation_id')
    .leftJoin('grant_places', (join) =>
      join
        .onRef('grant_places.organisation_id', '=', 'role_grants.organisation_id')
        .onRef('grant_places.home_organisation_id', '=', 'role_grants.home_organisation_id')
        .onRef('grant_places.person_id', '=', 'role_grants.person_id'),
    )
    .select(['role_grants.organisation_id', 'role_grants.role', 'grant_places.kind', 'grant_places.place_id'])
    .where('role_grants.home_organisation_id', '=', organisationId)
    .where('role_grants.person_id', '=', personId)
    .orderBy('organisations.position')
    .orderBy('grant_places.place_id')
    .execute();
  const places = (kind: string, id: string) =>
    rows.flatMap((row) =>
      row.organisation_id === id && row.kind === kind && row.place_id !== null ? [row.place_id] : [],
    );
  return [...new Map(rows.map((row) => [row.organisation_id, row.role]))].map(([id, role]) => ({
    organisationId: id,
    role,
    siteIds: places('site', id),
    serviceIds: places('service', id),
  }));
}

/** What grants let somebody see, one after the other: a référent the services they were given and those of their sites, anybody else the whole organisation. */
export async function reachesOf(db: Kysely<Tables>, grants: readonly Grant[]): Promise<readonly Reach[]> {
  const narrow = grants.filter(({ role }) => role === 'referent').map(({ organisationId }) => organisationId);
  const services =
    narrow.length === 0
      ? []
      : await db
          .selectFrom('services')
          .select(['organisation_id', 'service_id', 'site_id'])
          .where('organisation_id', 'in', narrow)
          .execute();
  return grants.map(({ organisationId, role, siteIds, serviceIds }) => ({
    organisationId,
    seesContactDetails: mayDo(role, 'see-contact-details'),
    serviceIds:
      role === 'referent'
        ? services
            .filter(
              (row) =>
                row.organisation_id === organisationId &&
                (serviceIds.includes(row.service_id) || siteIds.includes(row.site_id)),
            )
            .map((row) => row.service_id)
        : null,
  }));
}

/** Gives a person a role in an organisation, in place of the one they had there. */
export async function setGrant(
  db: Kysely<Tables>,
  person: Key,
  { organisationId, role, siteIds, serviceIds }: Grant,
): Promise<void> {
  await removeGrant(db, person, organisationId);
  const key = {
    organisation_id: organisationId,
    home_organisation_id: person.organisationId,
    person_id: person.personId,
  };
  await db
    .insertInto('role_grants')
    .values({ ...key, role })
    .execute();
  const places = [
    ...siteIds.map((id) => ({ ...key, kind: 'site' as const, place_id: id })),
    ...serviceIds.map((id) => ({ ...key, kind: 'service' as const, place_id: id })),
  ];
  if (role === 'referent' && places.length > 0) await db.insertInto('grant_places').values(places).execute();
}

/** Takes a person's role in an organisation away. */
export async function removeGrant(db: Kysely<Tables>, person: Key, organisationId: string): Promise<void> {
  for (const table of ['grant_places', 'role_grants'] as const)
    await db
      .deleteFrom(table)
      .where('organisation_id', '=', organisationId)
      .where('home_organisation_id', '=', person.organisationId)
      .where('person_id', '=', person.personId)
      .execute();
}
