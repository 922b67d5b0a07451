import { createHash } from 'node:crypto';
import type { EnrolmentId, OrganisationId, PointId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { MAX_ENTRIES_PER_PUSH, type EntryVerdict } from '../../protocol/push.ts';
import {
  checkedTextOf,
  type RescuedEntry,
  type RescueFile,
  type RescueReply,
} from '../../protocol/rescue.ts';
import type { Clock } from '../clock.ts';
import type { Device } from '../fleet/device-token.ts';
import { carriedRequest, type PushWork } from '../ingest/push-work.ts';
import { storePushes } from '../ingest/store-pushes.ts';
import { type Ports, understandAll } from '../ingest/understand.ts';
import { holdsService } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';

const SET_ASIDE_SHOWN = 50;

interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ports: Ports;
}

/**
 * Takes the answers of a rescue file through the same judgement as a push: what is there already is a duplicate, so that a file may be imported
 * twice, or after all by the tablet itself. A tablet taken out of service may be rescued too. Its last sign of life stays what it was.
 */
export async function importRescue(
  deps: Deps,
  scope: Scope,
  file: RescueFile,
): Promise<Result<RescueReply, { readonly kind: 'damaged' | 'not-found' }>> {
  if (createHash('sha256').update(checkedTextOf(file.entries)).digest('hex') !== file.checksum)
    return err({ kind: 'damaged' });
  const place = await findPlace(deps.store, file.organisationId, file.enrolmentId);
  if (place === null || !holdsService(scope, { ...file, serviceId: place.serviceId }))
    return err({ kind: 'not-found' });
  const verdicts: EntryVerdict[] = [];
  for (let done = 0; done < file.entries.length; done += MAX_ENTRIES_PER_PUSH) {
    const work = await workOf(deps, place, file, file.entries.slice(done, done + MAX_ENTRIES_PER_PUSH));
    const outcome = (await storePushes(deps.store, [work])).get(work);
    if (outcome?.kind !== 'stored') return err({ kind: 'not-found' });
    verdicts.push(...outcome.verdicts);
  }
  const count = (wanted: EntryVerdict['verdict']) =>
    verdicts.filter(({ verdict }) => verdict === wanted).length;
  return ok({
    pointName: place.pointName,
    accepted: count('accepted'),
    duplicate: count('duplicate'),
    erased: count('erased'),
    quarantined: count('quarantined'),
    setAside: verdicts.filter(({ verdict }) => verdict === 'quarantined').slice(0, SET_ASIDE_SHOWN),
  });
}

interface Place {
  readonly serviceId: string;
  readonly device: Device;
  readonly pointName: string;
  readonly timeZone: string;
}

async function findPlace(
  { db }: Store,
  organisationId: OrganisationId,
  enrolmentId: EnrolmentId,
): Promise<Place | null> {
  const row = await db
    .selectFrom('enrolments')
    .innerJoin('points', (join) =>
      join
        .onRef('points.organisation_id', '=', 'enrolments.organisation_id')
        .onRef('points.point_id', '=', 'enrolments.point_id'),
    )
    .innerJoin('organisations', 'organisations.organisation_id', 'enrolments.organisation_id')
    .select(['enrolments.point_id', 'points.name', 'points.service_id', 'organisations.time_zone'])
    .where('enrolments.organisation_id', '=', organisationId)
    .where('enrolments.enrolment_id', '=', enrolmentId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    device: { organisationId, enrolmentId, pointId: row.point_id as PointId },
    serviceId: row.service_id,
    pointName: row.name,
    timeZone: row.time_zone,
  };
}

async function workOf(
  { clock, ports }: Deps,
  { device, timeZone }: Place,
  file: RescueFile,
  entries: readonly RescuedEntry[],
): Promise<PushWork> {
  const receivedAtMs = clock.now();
  const raw = entries.map(({ responseId, sequence, body }) => ({
    responseId,
    sequence,
    response: parsed(body),
  }));
  return {
    device,
    timeZone,
    receivedAtMs,
    isRescue: true,
    request: carriedRequest(raw, receivedAtMs, file.appVersion),
    entries: await understandAll(raw, device.organisationId, ports),
  };
}

/** What is not JSON is kept as the text it is, in quarantine. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
