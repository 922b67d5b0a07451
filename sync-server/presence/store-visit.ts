import type { Kysely, Transaction } from 'kysely';
import type { EnrolmentId, OrganisationId, PointId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { PhoneVisit } from '../../protocol/presence.ts';
import type { EntryVerdict } from '../../protocol/push.ts';
import { type Clock, instantOf } from '../clock.ts';
import type { Device } from '../fleet/device-token.ts';
import { addTallies } from '../ingest/add-tallies.ts';
import { keepInQuarantine } from '../ingest/quarantine.ts';
import { candidateOf, responseKey } from '../ingest/response-rows.ts';
import { fatesOf, verdictOn } from '../ingest/store-pushes.ts';
import { type Ports, understandEntry } from '../ingest/understand.ts';
import { removeResponse } from '../retention/erase-response.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { GrantKey } from './grant.ts';

export type VisitFault = 'visit-grant-unknown' | 'visit-grant-used' | 'visit-grant-expired';

interface Grant {
  readonly device: Device;
  readonly expiresAt: string;
  readonly responseId: string | null;
  readonly revision: number;
}

/** The number of an answer that is none of its tablet's count: the tablet's marks and gaps are not touched. */
const NOT_OF_THE_TABLETS_COUNT = 0;

/**
 * Stores the one answer a grant is good for, by the rules of every other, in one transaction. A later revision of a visit that was put away
 * in the middle takes the place of what it had left; whatever comes late or twice changes nothing.
 */
export async function storeVisit(
  { store, clock, ports }: { readonly store: Store; readonly clock: Clock; readonly ports: Ports },
  key: GrantKey,
  visit: PhoneVisit,
): Promise<Result<EntryVerdict['verdict'], VisitFault>> {
  const receivedAtMs = clock.now();
  const organisationId = key.organisationId as OrganisationId;
  const sequence = NOT_OF_THE_TABLETS_COUNT;
  const raw = { responseId: visit.responseId, sequence, response: visit.response };
  const known = await readGrant(store.db, key);
  if (known === null) return err('visit-grant-unknown');
  // What has been published is read over the store's own connection, which a transaction holds.
  const timeZone = await ports.publications.timeZone(organisationId);
  const entry = await understandEntry(raw, raw, organisationId, ports);
  return store.db.transaction().execute(async (trx) => {
    const grant = await readGrant(trx, key);
    const fault = faultOf(grant, visit, instantOf(receivedAtMs));
    if (grant === null || fault !== null) return err(fault ?? 'visit-grant-unknown');
    if (visit.revision <= grant.revision) return ok('duplicate');
    const arrival = { device: grant.device, receivedAtMs, timeZone, entries: [entry] };
    if (grant.responseId !== null) await removePartial(trx, organisationId, visit.responseId);
    const candidates = new Map(
      entry.kind === 'understood'
        ? [
            [
              responseKey(organisationId, visit.responseId),
              candidateOf(arrival, entry, {
                receivedAtMs,
                sentAtMs: Date.parse(visit.sentAt),
                boot: visit.response.bootId,
                last: null,
              }),
            ],
          ]
        : [],
    );
    const fates = await fatesOf(trx, [arrival], candidates);
    await addTallies(trx, fates.counted);
    const { verdict, reason } = verdictOn(arrival, entry, fates);
    if (verdict === 'quarantined')
      await keepInQuarantine(trx, [{ work: arrival, entry, reason: reason ?? '' }]);
    await noteLeft(trx, key, visit);
    return ok(verdict);
  });
}

function faultOf(
  grant: Grant | null,
  { responseId, response }: PhoneVisit,
  nowIso: string,
): VisitFault | null {
  if (grant === null || response.pointId !== grant.device.pointId) return 'visit-grant-unknown';
  if (grant.responseId === null) return nowIso >= grant.expiresAt ? 'visit-grant-expired' : null;
  return grant.responseId === responseId ? null : 'visit-grant-used';
}

async function readGrant(db: Kysely<Tables>, key: GrantKey): Promise<Grant | null> {
  const row = await db
    .selectFrom('visit_grants')
    .innerJoin('enrolments', (join) =>
      join
        .onRef('enrolments.organisation_id', '=', 'visit_grants.organisation_id')
        .onRef('enrolments.enrolment_id', '=', 'visit_grants.enrolment_id'),
    )
    .where('visit_grants.organisation_id', '=', key.organisationId)
    .where('visit_grants.grant_hash', '=', key.grantHash)
    .select([
      'visit_grants.enrolment_id as enrolmentId',
      'visit_grants.expires_at as expiresAt',
      'visit_grants.response_id as responseId',
      'visit_grants.revision',
      'enrolments.point_id as pointId',
    ])
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    expiresAt: row.expiresAt,
    responseId: row.responseId,
    revision: row.revision,
    device: {
      organisationId: key.organisationId as OrganisationId,
      enrolmentId: row.enrolmentId as EnrolmentId,
      pointId: row.pointId as PointId,
    },
  };
}

/** Only what the visitor had not finished makes room; a finished answer stays, and the newcomer is judged against it. */
async function removePartial(
  trx: Transaction<Tables>,
  organisationId: OrganisationId,
  responseId: string,
): Promise<void> {
  const stored = await trx
    .selectFrom('responses')
    .select('disposition')
    .where('organisation_id', '=', organisationId)
    .where('response_id', '=', responseId)
    .executeTakeFirst();
  if (stored?.disposition === 'partial') await removeResponse(trx, organisationId, responseId);
}

async function noteLeft(
  trx: Transaction<Tables>,
  key: GrantKey,
  { responseId, revision }: PhoneVisit,
): Promise<void> {
  await trx
    .updateTable('visit_grants')
    .set({ response_id: responseId, revision })
    .where('organisation_id', '=', key.organisationId)
    .where('grant_hash', '=', key.grantHash)
    .execute();
}
