import type { Role } from '../../protocol/roles.ts';
import type { GrantedRole, Team } from '../../protocol/team.ts';

type Organisations = Team['organisations'];

/** What is ticked in the dialog, by key: an organisation's id, `organisation/site:id`, `organisation/service:id`. */
export type Chosen = ReadonlySet<string>;

export const siteKey = (organisationId: string, siteId: string) => `${organisationId}/site:${siteId}`;
export const serviceKey = (organisationId: string, serviceId: string) =>
  `${organisationId}/service:${serviceId}`;

/** What is ticked when the dialog opens: what somebody has, or all there is to choose where there is only one organisation. */
export function chosenOf(grants: readonly GrantedRole[], organisations: Organisations): Chosen {
  if (grants.length === 0)
    return new Set(organisations.length === 1 ? organisations.map((one) => one.organisationId) : []);
  return new Set(
    grants.flatMap(({ organisationId, siteIds, serviceIds }) => [
      organisationId,
      ...siteIds.map((id) => siteKey(organisationId, id)),
      ...serviceIds.map((id) => serviceKey(organisationId, id)),
    ]),
  );
}

/** The roles that what is ticked comes to; none where nothing is. A service of a site that is ticked whole is not named again. */
export function grantsOf(role: Role, chosen: Chosen, organisations: Organisations): GrantedRole[] {
  return organisations.flatMap(({ organisationId, sites }): GrantedRole[] => {
    if (role !== 'referent')
      return chosen.has(organisationId) ? [{ organisationId, role, siteIds: [], serviceIds: [] }] : [];
    const siteIds = sites
      .filter(({ siteId }) => chosen.has(siteKey(organisationId, siteId)))
      .map(({ siteId }) => siteId);
    const serviceIds = sites
      .filter(({ siteId }) => !siteIds.includes(siteId))
      .flatMap(({ services }) => services.map(({ serviceId }) => serviceId))
      .filter((serviceId) => chosen.has(serviceKey(organisationId, serviceId)));
    return siteIds.length + serviceIds.length === 0 ? [] : [{ organisationId, role, siteIds, serviceIds }];
  });
}
