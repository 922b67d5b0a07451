import { createHash, randomBytes, randomInt } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import type { OrganisationId, PointId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { CODE_ALPHABET, CODE_LENGTH } from '../../protocol/enrolment.ts';
import { type Clock, instantOf } from '../clock.ts';
import type { Store } from '../store/store.ts';

/** How long a code may be used. Long enough to walk to the tablet, short enough not to be found in a drawer. */
export const CODE_LIFETIME_MS = 3_600_000;
const LINK_BYTES = 16;
/** Any algorithm and version may be chosen by number only: the package's names are erased at run time. */
const ARGON2ID = 2;

export interface EnrolmentCode {
  /** To be typed: `XXXXX-XXXXX`. */
  readonly code: string;
  /** To be opened: 128 bits, in the link's fragment. */
  readonly linkSecret: string;
  readonly expiresAt: string;
}

/** Makes a one-time code for a point, in its two forms; using either spends both. Neither is kept, only what proves them. */
export async function createEnrolmentCode(
  store: Store,
  clock: Clock,
  place: { readonly organisationId: OrganisationId; readonly pointId: PointId },
): Promise<Result<EnrolmentCode, { kind: 'unknown-point' }>> {
  const known = await store.db
    .selectFrom('points')
    .select('point_id')
    .where('organisation_id', '=', place.organisationId)
    .where('point_id', '=', place.pointId)
    .executeTakeFirst();
  if (known === undefined) return err({ kind: 'unknown-point' });
  const typed = Array.from(
    { length: CODE_LENGTH },
    () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)],
  ).join('');
  const linkSecret = randomBytes(LINK_BYTES).toString('base64url');
  const now = clock.now();
  const expiresAt = instantOf(now + CODE_LIFETIME_MS);
  await store.db
    .insertInto('enrolment_codes')
    .values({
      organisation_id: place.organisationId,
      code_hash: await typedCodeHash(typed, store.codeSalt),
      link_hash: linkHash(linkSecret),
      point_id: place.pointId,
      created_at: instantOf(now),
      expires_at: expiresAt,
      used_at: null,
    })
    .execute();
  return ok({
    code: `${typed.slice(0, CODE_LENGTH / 2)}-${typed.slice(CODE_LENGTH / 2)}`,
    linkSecret,
    expiresAt,
  });
}

/** The address that enrols whoever opens it. The secret is in the fragment: no server's log ever sees it. */
export function enrolmentLink(kioskOrigin: string, linkSecret: string): string {
  return `${kioskOrigin}/kiosk/#code=${linkSecret}`;
}

/** What a presented code is looked up by; null where it can be neither form. */
export async function presentedHash(
  presented: string,
  salt: Uint8Array,
): Promise<{ readonly column: 'code_hash' | 'link_hash'; readonly hash: string } | null> {
  const typed = presented.replaceAll(/[\s\-–—.]/g, '').toUpperCase();
  if (typed.length === CODE_LENGTH && [...typed].every((letter) => CODE_ALPHABET.includes(letter)))
    return { column: 'code_hash', hash: await typedCodeHash(typed, salt) };
  const secret = presented.trim();
  return /^[A-Za-z0-9_-]{22}$/.test(secret) ? { column: 'link_hash', hash: linkHash(secret) } : null;
}

/**
 * 10 letters are 43 bits: a stolen database must not give them away in an afternoon (ASVS 5.0, 6.5.2). Of the settings OWASP holds
 * equal, the one with the least memory: the process keeps what a hash has used, in each of the threads it may run on.
 */
async function typedCodeHash(typed: string, salt: Uint8Array): Promise<string> {
  const hash = await hashRaw(typed, {
    algorithm: ARGON2ID,
    memoryCost: 7_168,
    timeCost: 5,
    parallelism: 1,
    salt,
  });
  return hash.toString('base64url');
}

function linkHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
