import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { EnrolmentId, OrganisationId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { DeviceReport } from '../../protocol/device-report.ts';
import type { EnrolmentReply } from '../../protocol/enrolment.ts';
import { type Clock, instantOf } from '../clock.ts';
import { createDeviceToken } from '../fleet/device-token.ts';
import type { Store } from '../store/store.ts';
import { presentedHash } from './codes.ts';

/** Spends a code and gives the tablet its place and its token, both or neither. */
export async function enrol(
  store: Store,
  clock: Clock,
  { code, report }: { readonly code: string; readonly report: DeviceReport },
): Promise<Result<EnrolmentReply, { kind: 'code-unknown' }>> {
  const presented = await presentedHash(code, store.codeSalt);
  if (presented === null) return err({ kind: 'code-unknown' });
  const nowIso = instantOf(clock.now());
  return store.db.transaction().execute(async (trx) => {
    const spent = await trx
      .updateTable('enrolment_codes')
      .set({ used_at: nowIso })
      .where(presented.column, '=', presented.hash)
      .where('used_at', 'is', null)
      .where('expires_at', '>', nowIso)
      .returning(['organisation_id', 'point_id'])
      .executeTakeFirst();
    if (spent === undefined) return err({ kind: 'code-unknown' as const });
    const enrolmentId = randomUUID() as EnrolmentId;
    const { token, tokenHash } = createDeviceToken(spent.organisation_id as OrganisationId, enrolmentId);
    await trx
      .insertInto('enrolments')
      .values({
        organisation_id: spent.organisation_id,
        enrolment_id: enrolmentId,
        point_id: spent.point_id,
        token_hash: tokenHash,
        enrolled_at: nowIso,
        revoked_at: null,
        last_seen_at: nowIso,
        high_water_mark: 0,
        largest_sequence: 0,
        safe_through: 0,
        clock_offset_ms: null,
        boot_id: report.bootId ?? null,
        report: JSON.stringify(report),
        is_demonstration: sql<number>`(select is_demonstration from organisations where organisation_id = ${spent.organisation_id})`,
      })
      .execute();
    return ok({ enrolmentId, token, storeId: store.storeId });
  });
}
