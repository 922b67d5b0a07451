import { PERMISSIONS, type Permission, type Role } from '../../protocol/roles.ts';

const READING = [
  'own-account',
  'read-figures',
  'read-verbatims',
  'read-fleet',
  'read-publications',
  'export',
] as const satisfies readonly Permission[];
const NOT_FOR_QUALITY: readonly Permission[] = ['read-people', 'change-people', 'read-audit'];

/** The one table of who may do what. A référent has theirs for the sites and services they were given, and for nothing else. */
const PERMISSIONS_BY_ROLE: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  administrator: new Set(PERMISSIONS),
  quality: new Set(PERMISSIONS.filter((permission) => !NOT_FOR_QUALITY.includes(permission))),
  referent: new Set([...READING, 'change-figures', 'change-verbatims', 'see-contact-details']),
  auditor: new Set([...READING, 'read-people', 'read-audit']),
};

/** Whether the role lets somebody do this, within its scope. */
export function mayDo(role: Role, permission: Permission): boolean {
  return PERMISSIONS_BY_ROLE[role].has(permission);
}
