import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { EnrolmentId, OrganisationId, PointId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Store } from '../store/store.ts';

/** `<organisationId>.<enrolmentId>.<secret>`: an organisation's name may hold dots, the two others cannot. */
const TOKEN = /^Bearer ([A-Za-z0-9._-]{1,64})\.([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

/** The tablet a request comes from. */
export interface Device {
  readonly organisationId: OrganisationId;
  readonly enrolmentId: EnrolmentId;
  readonly pointId: PointId;
}

export function createDeviceToken(
  organisationId: OrganisationId,
  enrolmentId: EnrolmentId,
): { readonly token: string; readonly tokenHash: string } {
  const secret = randomBytes(32).toString('base64url');
  return { token: `${organisationId}.${enrolmentId}.${secret}`, tokenHash: hashOf(secret) };
}

/**
 * Who holds this token. What proves a token is kept in memory; whether it was revoked is asked of the store each time, so that
 * a revocation holds from the next request on, whichever process made it.
 */
export class DeviceTokens {
  readonly #store: Store;
  readonly #known = new Map<string, { readonly device: Device; readonly tokenHash: string }>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whose token it is, revoked or not, without asking the store where the token is known already. */
  async recognise(authorization: string | undefined): Promise<Device | null> {
    const [, organisationId, enrolmentId, secret] = TOKEN.exec(authorization ?? '') ?? [];
    if (organisationId === undefined || enrolmentId === undefined || secret === undefined) return null;
    const kept = this.#known.get(enrolmentId);
    const found =
      kept?.device.organisationId === organisationId ? kept : await this.#find(organisationId, enrolmentId);
    if (found === null || !isSame(hashOf(secret), found.tokenHash)) return null;
    this.#known.set(enrolmentId, found);
    return found.device;
  }

  /** The tablet, unless its enrolment was revoked. */
  async authenticate(
    authorization: string | undefined,
  ): Promise<Result<Device, { kind: 'device-unknown' | 'device-revoked' }>> {
    const device = await this.recognise(authorization);
    if (device === null) return err({ kind: 'device-unknown' });
    const row = await this.#store.db
      .selectFrom('enrolments')
      .select('revoked_at')
      .where('organisation_id', '=', device.organisationId)
      .where('enrolment_id', '=', device.enrolmentId)
      .executeTakeFirst();
    if (row === undefined) return err({ kind: 'device-unknown' });
    return row.revoked_at === null ? ok(device) : err({ kind: 'device-revoked' });
  }

  async #find(
    organisationId: string,
    enrolmentId: string,
  ): Promise<{ readonly device: Device; readonly tokenHash: string } | null> {
    const row = await this.#store.db
      .selectFrom('enrolments')
      .select(['token_hash', 'point_id'])
      .where('organisation_id', '=', organisationId)
      .where('enrolment_id', '=', enrolmentId)
      .executeTakeFirst();
    if (row === undefined) return null;
    return {
      device: {
        organisationId: organisationId as OrganisationId,
        enrolmentId: enrolmentId as EnrolmentId,
        pointId: row.point_id as PointId,
      },
      tokenHash: row.token_hash,
    };
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
