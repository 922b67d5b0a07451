import { createHmac } from 'node:crypto';
import type { Transaction } from 'kysely';
import { err, ok, type Result } from '../../domain/result.ts';
import { type PresenceClaim, VISIT_GRANT_MS } from '../../protocol/presence.ts';
import { type Clock, instantOf } from '../clock.ts';
import type { Device } from '../fleet/device-token.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { type CodeFault, checkCode, type GenuineCode } from './check-code.ts';
import { GRANT_REMEMBERED_MS, hashOfGrant, writeGrant } from './grant.ts';

/** A visit that may begin on a telephone. */
export interface Claimed {
  readonly device: Device;
  readonly grant: string;
  readonly expiresAt: string;
}

/** A tablet shows two codes a minute; whoever had taken its key could not use more than this in an hour. */
const MAX_CLAIMS_REMEMBERED = 200;
/** A used code is remembered a while longer than it could be used: a server's clock may be set back, too. */
const CODE_REMEMBERED_MS = 3_600_000;

/** Spends a code and grants the visit it opens, both or neither. The same claim made again gives the same grant. */
export async function claimCode(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  { code, attempt }: Pick<PresenceClaim, 'code' | 'attempt'>,
): Promise<Result<Claimed, CodeFault | 'too-many-requests'>> {
  const nowMs = clock.now();
  return store.db.transaction().execute(async (trx) => {
    const checked = await checkCode(trx, code, nowMs);
    if (!checked.ok) return checked;
    const { device } = checked.value;
    const grant = grantFor(checked.value, attempt);
    const grantHash = hashOfGrant(grant);
    if ((await claimsOf(trx, checked.value)) >= MAX_CLAIMS_REMEMBERED) return err('too-many-requests');
    if (!(await spend(trx, checked.value))) {
      const expiresAt = await expiryOf(trx, device, grantHash);
      return expiresAt === null ? err('presence-code-used') : ok({ device, grant, expiresAt });
    }
    const expiresAt = instantOf(nowMs + VISIT_GRANT_MS);
    await trx
      .insertInto('visit_grants')
      .values({
        organisation_id: device.organisationId,
        grant_hash: grantHash,
        enrolment_id: device.enrolmentId,
        expires_at: expiresAt,
        forget_after: instantOf(nowMs + VISIT_GRANT_MS + GRANT_REMEMBERED_MS),
        response_id: null,
        revision: 0,
      })
      .execute();
    return ok({ device, grant, expiresAt });
  });
}

/** Forgets used codes that are expired anyway, and visits that are over: what could tell who stood there when. */
export async function forgetSpent({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): Promise<void> {
  const nowIso = instantOf(clock.now());
  for (const table of ['presence_claims', 'visit_grants'] as const)
    await store.db.deleteFrom(table).where('forget_after', '<=', nowIso).execute();
}

/** Made from what only this tablet's key and this telephone know: nothing has to be kept to give it again. */
function grantFor({ key, code, device }: GenuineCode, attempt: string): string {
  const secret = createHmac('sha256', key)
    .update('parvis visit grant')
    .update(code.message)
    .update(attempt)
    .digest('base64url');
  return writeGrant(device.organisationId, secret);
}

/** False where the code was used before. */
async function spend(trx: Transaction<Tables>, { code, device, endsAtMs }: GenuineCode): Promise<boolean> {
  const spent = await trx
    .insertInto('presence_claims')
    .values({
      organisation_id: device.organisationId,
      reference: code.reference,
      slot: code.slot,
      chance: code.chance,
      forget_after: instantOf(endsAtMs + CODE_REMEMBERED_MS),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('slot')
    .executeTakeFirst();
  return spent !== undefined;
}

async function claimsOf(trx: Transaction<Tables>, { code, device }: GenuineCode): Promise<number> {
  const { count } = await trx
    .selectFrom('presence_claims')
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('organisation_id', '=', device.organisationId)
    .where('reference', '=', code.reference)
    .executeTakeFirstOrThrow();
  return count;
}

async function expiryOf(trx: Transaction<Tables>, device: Device, grantHash: string): Promise<string | null> {
  const row = await trx
    .selectFrom('visit_grants')
    .select('expires_at')
    .where('organisation_id', '=', device.organisationId)
    .where('grant_hash', '=', grantHash)
    .executeTakeFirst();
  return row?.expires_at ?? null;
}
