import { sql } from 'kysely';
import type { OrganisationId, PointId } from '../../domain/ids.ts';
import type { Fleet } from '../../protocol/fleet.ts';
import { readBackupState } from '../backup/note-backup.ts';
import type { Clock } from '../clock.ts';
import { inScope } from '../people/scope.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import type { Scope, Store } from '../store/store.ts';
import { fromReceptionPoints } from '../surveys/reception-points.ts';
import { readStaffCodes } from './staff-codes.ts';
import { readTablets } from './tablets.ts';

/** Of what could not be understood, the latest; the rest is counted by the metrics. */
const QUARANTINE_SHOWN = 200;

/**
 * The reception points of a scope, their tablets, and the entries that could not be understood.
 *
 * @param changeable whose codes are told: they open the tablets' menus
 */
export async function readFleet(
  deps: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  changeable: Scope,
): Promise<Fleet> {
  const services = await visibleServices(deps.store.db, scope);
  const { finishedAt, failedAt } = await readBackupState(deps.store);
  return {
    points: await readPoints(deps.store, scope),
    tablets: (await readTablets(deps, scope)).map(({ state }) => state),
    quarantine: await readQuarantine(deps.store, scope),
    staffCodes: [...(await readStaffCodes(deps, changeable))],
    backup: { finishedAt, failedAt },
    isDemonstration: placeOf(services, deps.clock).isDemonstration,
  };
}

async function readPoints({ db }: Pick<Store, 'db'>, scope: Scope): Promise<Fleet['points']> {
  const rows = await fromReceptionPoints(db)
    .select([
      'points.organisation_id',
      'points.point_id',
      'points.name as point_name',
      'services.name as service_name',
      'services.status',
      'sites.name as site_name',
    ])
    .where(inScope(scope, 'points'))
    .orderBy('organisations.position')
    .orderBy('services.position')
    .orderBy('points.point_id')
    .execute();
  return rows.map((row) => ({
    organisationId: row.organisation_id as OrganisationId,
    pointId: row.point_id as PointId,
    pointName: row.point_name,
    serviceName: row.service_name,
    siteName: row.site_name,
    status: row.status,
  }));
}

async function readQuarantine({ db }: Pick<Store, 'db'>, scope: Scope): Promise<Fleet['quarantine']> {
  const rows = await db
    .selectFrom('quarantine')
    .innerJoin('enrolments', (join) =>
      join
        .onRef('enrolments.organisation_id', '=', 'quarantine.organisation_id')
        .onRef('enrolments.enrolment_id', '=', 'quarantine.enrolment_id'),
    )
    .innerJoin('points', (join) =>
      join
        .onRef('points.organisation_id', '=', 'enrolments.organisation_id')
        .onRef('points.point_id', '=', 'enrolments.point_id'),
    )
    .select([
      'quarantine.organisation_id',
      'quarantine.quarantine_id',
      'quarantine.response_id',
      'quarantine.received_at',
      'quarantine.reason',
      'points.name as point_name',
      sql<number>`octet_length(quarantine.body)`.as('body_bytes'),
    ])
    .where(inScope(scope, 'points'))
    .orderBy('quarantine.received_at', 'desc')
    .limit(QUARANTINE_SHOWN)
    .execute();
  return rows.map((row) => ({
    organisationId: row.organisation_id as OrganisationId,
    quarantineId: row.quarantine_id,
    pointName: row.point_name,
    responseId: row.response_id,
    receivedAt: row.received_at,
    reason: row.reason,
    bodyBytes: row.body_bytes,
  }));
}
