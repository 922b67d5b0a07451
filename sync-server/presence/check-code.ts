import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { EnrolmentId, OrganisationId, PointId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import {
  PRESENCE_SLOT_MS,
  PRESENCE_WINDOW_MS,
  type PresenceCode,
  presenceTagOf,
  readPresenceCode,
} from '../../protocol/presence-code.ts';
import type { Device } from '../fleet/device-token.ts';
import type { Tables } from '../store/tables.ts';

/** Why a code opens nothing, by the problem that says so. */
export type CodeFault =
  | 'presence-code-forged'
  | 'presence-code-revoked'
  | 'presence-code-used'
  | 'presence-code-expired';

/** A code that a tablet has really shown not long ago. */
export interface GenuineCode {
  readonly code: PresenceCode;
  readonly device: Device;
  /** The tablet's. */
  readonly key: Uint8Array;
  /** On the server's clock: from then on the code is expired for good. */
  readonly endsAtMs: number;
}

/** Says whether a tablet in service has made this code, and whether it may still be used by its age. */
export async function checkCode(
  db: Kysely<Tables>,
  text: string,
  nowMs: number,
): Promise<Result<GenuineCode, CodeFault>> {
  const code = readPresenceCode(text);
  if (code === null) return err('presence-code-forged');
  const rows = await db
    .selectFrom('presence_keys')
    .innerJoin('enrolments', (join) =>
      join
        .onRef('enrolments.organisation_id', '=', 'presence_keys.organisation_id')
        .onRef('enrolments.enrolment_id', '=', 'presence_keys.enrolment_id'),
    )
    .where('presence_keys.reference', '=', code.reference)
    .select([
      'enrolments.organisation_id as organisationId',
      'enrolments.enrolment_id as enrolmentId',
      'enrolments.point_id as pointId',
      'enrolments.revoked_at as revokedAt',
      'presence_keys.key',
      'presence_keys.clock_offset_ms as offsetMs',
    ])
    .execute();
  const maker = rows.find(({ key }) => isTagOf(code, key));
  if (maker === undefined) return err('presence-code-forged');
  if (maker.revokedAt !== null) return err('presence-code-revoked');
  const slotStartMs = code.slot * PRESENCE_SLOT_MS + maker.offsetMs;
  const endsAtMs = slotStartMs + PRESENCE_SLOT_MS + PRESENCE_WINDOW_MS;
  if (nowMs >= endsAtMs || nowMs < slotStartMs - PRESENCE_WINDOW_MS) return err('presence-code-expired');
  return ok({
    code,
    endsAtMs,
    key: maker.key,
    device: {
      organisationId: maker.organisationId as OrganisationId,
      enrolmentId: maker.enrolmentId as EnrolmentId,
      pointId: maker.pointId as PointId,
    },
  });
}

function isTagOf({ message, tag }: PresenceCode, key: Uint8Array): boolean {
  return timingSafeEqual(presenceTagOf(createHmac('sha256', key).update(message).digest()), tag);
}
