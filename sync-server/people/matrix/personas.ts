import type { Role } from '../../../protocol/roles.ts';
import type { Grant } from '../grants.ts';

export const VILLE = 'ville-de-libourne';
export const CCAS = 'ccas-de-libourne';

/** What a cell of the matrix is about: a reception, in each place that a scope may end at. */
export interface Target {
  readonly organisationId: string;
  readonly serviceId: string;
  readonly pointId: string;
}

export const TARGETS: readonly Target[] = [
  { organisationId: VILLE, serviceId: 'accueil-general', pointId: 'accueil-hotel-de-ville' },
  { organisationId: VILLE, serviceId: 'mediatheque', pointId: 'accueil-mediatheque' },
  { organisationId: CCAS, serviceId: 'ccas-accueil-social', pointId: 'accueil-social-ccas' },
];

/** Somebody, and what they are expected to reach, written by hand: the server's own tables are what is tried. */
export interface Persona {
  readonly name: string;
  readonly grants: readonly Grant[];
  /** The services of {@link TARGETS} that each role of theirs covers. */
  readonly covers: readonly { readonly role: Role; readonly serviceIds: readonly string[] }[];
  readonly isDeactivated?: boolean;
}

const OF_VILLE = ['accueil-general', 'mediatheque'];
const OF_CCAS = ['ccas-accueil-social'];
const EVERYTHING = [...OF_VILLE, ...OF_CCAS];

export const PERSONAS: readonly Persona[] = [
  ...(['administrator', 'quality', 'auditor'] as const).flatMap((role): Persona[] => [
    {
      name: `${role} of both`,
      grants: [a(VILLE, role), a(CCAS, role)],
      covers: [{ role, serviceIds: EVERYTHING }],
    },
    { name: `${role} of the Ville`, grants: [a(VILLE, role)], covers: [{ role, serviceIds: OF_VILLE }] },
    { name: `${role} of the CCAS`, grants: [a(CCAS, role)], covers: [{ role, serviceIds: OF_CCAS }] },
  ]),
  referent('of a service', VILLE, { serviceIds: ['accueil-general'] }, ['accueil-general']),
  referent('of a site', VILLE, { siteIds: ['hotel-de-ville'] }, ['accueil-general']),
  referent('of another service', VILLE, { serviceIds: ['mediatheque'] }, ['mediatheque']),
  referent('of the CCAS’s site', CCAS, { siteIds: ['ccas'] }, OF_CCAS),
  referent('of nowhere', VILLE, {}, []),
  referent('of a service of the other organisation', CCAS, { serviceIds: ['accueil-general'] }, []),
  {
    name: 'auditor of the Ville who administers the CCAS',
    grants: [a(VILLE, 'auditor'), a(CCAS, 'administrator')],
    covers: [
      { role: 'auditor', serviceIds: OF_VILLE },
      { role: 'administrator', serviceIds: OF_CCAS },
    ],
  },
  {
    name: 'référent of a service in each organisation',
    grants: [
      a(VILLE, 'referent', { serviceIds: ['mediatheque'] }),
      a(CCAS, 'referent', { serviceIds: ['ccas-accueil-social'] }),
    ],
    covers: [{ role: 'referent', serviceIds: ['mediatheque', 'ccas-accueil-social'] }],
  },
  { name: 'somebody without a role', grants: [], covers: [] },
  {
    name: 'a deactivated administrator',
    grants: [a(VILLE, 'administrator'), a(CCAS, 'administrator')],
    covers: [],
    isDeactivated: true,
  },
];

function a(organisationId: string, role: Role, places: Partial<Grant> = {}): Grant {
  return { organisationId, role, siteIds: [], serviceIds: [], ...places };
}

function referent(
  name: string,
  organisationId: string,
  places: Partial<Grant>,
  serviceIds: readonly string[],
): Persona {
  return {
    name: `référent ${name}`,
    grants: [a(organisationId, 'referent', places)],
    covers: [{ role: 'referent', serviceIds }],
  };
}
