import { createHash } from 'node:crypto';

/** An answer whose acknowledgement was lost on the way is still recognised this long after the grant has ended. */
export const GRANT_REMEMBERED_MS = 1_800_000;

/** `<organisationId>.<secret>`: an organisation's name may hold dots, a secret cannot. */
const BEARER = /^Bearer ([A-Za-z0-9._-]{1,64})\.([A-Za-z0-9_-]{43})$/;

/** Where a presented grant is looked up. */
export interface GrantKey {
  readonly organisationId: string;
  readonly grantHash: string;
}

export function writeGrant(organisationId: string, secret: string): string {
  return `${organisationId}.${secret}`;
}

/** The store keeps what proves a grant, not what it is. */
export function hashOfGrant(grant: string): string {
  return createHash('sha256').update(grant).digest('base64url');
}

/** null where the header holds no grant. */
export function grantKeyOf(authorization: string | undefined): GrantKey | null {
  const [, organisationId, secret] = BEARER.exec(authorization ?? '') ?? [];
  return organisationId === undefined || secret === undefined
    ? null
    : { organisationId, grantHash: hashOfGrant(writeGrant(organisationId, secret)) };
}
