import { createHash, randomBytes } from 'node:crypto';
import type { OrganisationId } from '../../domain/ids.ts';

const SECRET_BYTES = 32;
/** `<organisationId>.<secret>`: an organisation's name may hold dots, a secret cannot. */
const TOKEN = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63})\.([A-Za-z0-9_-]{43})$/;

/** What a session or a sign-in link is known by. The token itself is kept by its holder alone. */
export interface TokenKey {
  readonly organisationId: OrganisationId;
  /** SHA-256 of the 256-bit secret: nothing that can be guessed, so no slow hash is needed. */
  readonly tokenHash: string;
}

/** A new token. It tells where its owner is kept, so that it can be looked up by key, and nothing else. */
export function createToken(organisationId: OrganisationId): {
  readonly token: string;
  readonly key: TokenKey;
} {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { token: `${organisationId}.${secret}`, key: { organisationId, tokenHash: hashOf(secret) } };
}

/** Null where it cannot be a token of ours. */
export function keyOfToken(token: string): TokenKey | null {
  const [, organisationId, secret] = TOKEN.exec(token) ?? [];
  if (organisationId === undefined || secret === undefined) return null;
  return { organisationId: organisationId as OrganisationId, tokenHash: hashOf(secret) };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
