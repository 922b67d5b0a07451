import * as v from 'valibot';
import { TEST_MODE_FLAG } from '../../domain/answers.ts';
import type { EnrolmentId, OrganisationId, PointId } from '../../domain/ids.ts';
import type { OpeningHours } from '../../domain/opening-hours.ts';
import { deviceReportSchema } from '../../protocol/device-report.ts';
import type { TabletState } from '../../protocol/fleet.ts';
import type { Clock } from '../clock.ts';
import { inOrganisationsOf, inScope } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';
import { fromReceptionPoints } from '../surveys/reception-points.ts';
import { readLosses, readShared, tabletKey } from './losses.ts';
import { isSilent } from './silence.ts';

/** A tablet and the service it stands in. */
export interface ServiceTablet {
  readonly serviceId: string;
  readonly state: TabletState;
}

/** Every tablet of the scope that was ever enrolled, those in use first. */
export async function readTablets(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
): Promise<readonly ServiceTablet[]> {
  const { db } = store;
  const rows = await fromReceptionPoints(db)
    .innerJoin('enrolments', (join) =>
      join
        .onRef('enrolments.organisation_id', '=', 'points.organisation_id')
        .onRef('enrolments.point_id', '=', 'points.point_id'),
    )
    .select([
      'enrolments.organisation_id',
      'enrolments.enrolment_id',
      'enrolments.point_id',
      'enrolments.enrolled_at',
      'enrolments.last_seen_at',
      'enrolments.revoked_at',
      'enrolments.high_water_mark',
      'enrolments.largest_sequence',
      'enrolments.report',
      'enrolments.is_demonstration',
      'points.service_id',
      'points.name as point_name',
      'points.opening_hours',
      'services.name as service_name',
      'sites.name as site_name',
      'organisations.time_zone',
    ])
    .where(inScope(scope, 'points'))
    .orderBy((is) => is('enrolments.revoked_at', 'is not', null))
    .orderBy('organisations.position')
    .orderBy('services.position')
    .orderBy('enrolments.enrolled_at', 'desc')
    .execute();
  const early = await db
    .selectFrom('early_arrivals')
    .select((is) => ['organisation_id', 'enrolment_id', is.fn.countAll<number>().as('count')])
    .where(inOrganisationsOf(scope, 'early_arrivals'))
    .groupBy(['organisation_id', 'enrolment_id'])
    .execute();
  const tests = await db
    .selectFrom('responses')
    .select((is) => ['organisation_id', 'enrolment_id', is.fn.countAll<number>().as('count')])
    .where(inOrganisationsOf(scope, 'responses'))
    .where('is_counted', '=', 0)
    .where('flags', 'like', `%"${TEST_MODE_FLAG}"%`)
    .groupBy(['organisation_id', 'enrolment_id'])
    .execute();
  const [losses, shared] = await Promise.all([readLosses(db, scope), readShared(db, scope, clock.now())]);
  return rows.map((row) => {
    const key = tabletKey(row);
    const report = reportOf(row.report);
    const countIn = (counts: typeof early): number =>
      counts.find(
        (one) => one.organisation_id === row.organisation_id && one.enrolment_id === row.enrolment_id,
      )?.count ?? 0;
    const lastSignOfLife = Date.parse(row.last_seen_at ?? row.enrolled_at);
    const hours = JSON.parse(row.opening_hours) as OpeningHours;
    return {
      serviceId: row.service_id,
      state: {
        organisationId: row.organisation_id as OrganisationId,
        enrolmentId: row.enrolment_id as EnrolmentId,
        pointId: row.point_id as PointId,
        pointName: row.point_name,
        serviceName: row.service_name,
        siteName: row.site_name,
        enrolledAt: row.enrolled_at,
        lastSeenAt: row.last_seen_at,
        // A made-up tablet has no life to give a sign of.
        isSilent:
          row.revoked_at === null &&
          row.is_demonstration === 0 &&
          isSilent(lastSignOfLife, clock.now(), hours, row.time_zone),
        appVersion: report?.appVersion ?? '',
        outboxDepth: report?.outboxDepth ?? 0,
        oldestEntryAt: report?.oldestEntryAt ?? null,
        retainedCount: report?.retainedCount ?? 0,
        storagePersisted: report?.storagePersisted ?? null,
        lastError: report?.lastError ?? null,
        highWaterMark: row.high_water_mark,
        missingCount: Math.max(0, row.largest_sequence - row.high_water_mark - countIn(early)),
        revokedAt: row.revoked_at,
        testCount: countIn(tests),
        epoch: report?.epoch ?? 1,
        losses: [...(losses.get(key) ?? [])],
        sharedSeenAt: shared.get(key) ?? null,
      },
    };
  });
}

/** The tablet's last report; null where it never sent one, or one of a version we no longer read. */
function reportOf(text: string | null): v.InferOutput<typeof deviceReportSchema> | null {
  if (text === null) return null;
  const decoded = v.safeParse(deviceReportSchema, JSON.parse(text));
  return decoded.success ? decoded.output : null;
}
