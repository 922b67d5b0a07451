import { type Expression, type SqlBool, sql } from 'kysely';
import type { Scope } from '../store/store.ts';

interface ServicePlace {
  readonly organisationId: string;
  readonly serviceId: string;
}

/** Everything of these organisations: for work that the server does by itself. */
export function wholeScope(organisationIds: readonly string[]): Scope {
  return {
    reaches: organisationIds.map((organisationId) => ({
      organisationId,
      serviceIds: null,
      seesContactDetails: true,
    })),
  };
}

/** The organisations of which something may be seen. */
export function organisationsOf({ reaches }: Scope): readonly string[] {
  return reaches.map(({ organisationId }) => organisationId);
}

/** The organisations that may be seen whole. */
export function wholeOrganisationsOf({ reaches }: Scope): readonly string[] {
  return reaches.filter(({ serviceIds }) => serviceIds === null).map(({ organisationId }) => organisationId);
}

/** Whether the whole organisation is in the scope. */
export function holdsOrganisation(scope: Scope, organisationId: string): boolean {
  return wholeOrganisationsOf(scope).includes(organisationId);
}

/** Whether the service is in the scope. */
export function holdsService({ reaches }: Scope, { organisationId, serviceId }: ServicePlace): boolean {
  const reach = reaches.find((one) => one.organisationId === organisationId);
  return reach !== undefined && (reach.serviceIds === null || reach.serviceIds.includes(serviceId));
}

/**
 * The condition that a row is in the scope.
 *
 * @param table whose columns `organisation_id` and `service_id` tell the service a row belongs to
 */
export function inScope({ reaches }: Scope, table: string): Expression<SqlBool> {
  const organisation = sql.ref(`${table}.organisation_id`);
  const service = sql.ref(`${table}.service_id`);
  const whole = reaches.filter(({ serviceIds }) => serviceIds === null);
  const conditions = [
    ...(whole.length === 0
      ? []
      : [sql<SqlBool>`${organisation} in (${listed(whole.map((one) => one.organisationId))})`]),
    ...reaches.flatMap(({ organisationId, serviceIds }) =>
      serviceIds === null || serviceIds.length === 0
        ? []
        : [sql<SqlBool>`(${organisation} = ${organisationId} and ${service} in (${listed(serviceIds)}))`],
    ),
  ];
  return conditions.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`(${sql.join(conditions, sql` or `)})`;
}

/** The condition that something of the row's organisation may be seen: for rows that tell nothing of a service. */
export function inOrganisationsOf(scope: Scope, table: string): Expression<SqlBool> {
  return amongOrganisations(organisationsOf(scope), table);
}

/** The condition that the row's organisation may be seen whole: for what holds for all of an organisation. */
export function inWholeOrganisationsOf(scope: Scope, table: string): Expression<SqlBool> {
  return amongOrganisations(wholeOrganisationsOf(scope), table);
}

function amongOrganisations(organisationIds: readonly string[], table: string): Expression<SqlBool> {
  if (organisationIds.length === 0) return sql<SqlBool>`1 = 0`;
  return sql<SqlBool>`${sql.ref(`${table}.organisation_id`)} in (${listed(organisationIds)})`;
}

function listed(values: readonly string[]) {
  return sql.join([...values]);
}
