import type { Kysely } from 'kysely';
import type { DecisionId, OrganisationId, ServiceId } from '../../domain/ids.ts';
import type { LocalDate } from '../../domain/weeks.ts';
import type { Decision } from '../../protocol/integrity.ts';
import { inScope } from '../people/scope.ts';
import type { Scope } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

interface Asked {
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly service?: { readonly organisationId: string; readonly serviceId: string };
  readonly decisionId?: string;
}

/** What was decided about answers of these days, the last signed first; what was taken back is in it too. */
export async function readDecisions(db: Kysely<Tables>, scope: Scope, asked: Asked): Promise<Decision[]> {
  let query = db
    .selectFrom('integrity_decisions')
    .leftJoin('points', (join) =>
      join
        .onRef('points.organisation_id', '=', 'integrity_decisions.organisation_id')
        .onRef('points.point_id', '=', 'integrity_decisions.point_id'),
    )
    .selectAll('integrity_decisions')
    .select('points.name as point_name')
    .where(inScope(scope, 'integrity_decisions'))
    .orderBy('signed_at', 'desc')
    .orderBy('decision_id');
  const { from, to, service, decisionId } = asked;
  if (from !== undefined) query = query.where('local_date', '>=', from);
  if (to !== undefined) query = query.where('local_date', '<=', to);
  if (decisionId !== undefined) query = query.where('decision_id', '=', decisionId);
  if (service !== undefined)
    query = query
      .where('integrity_decisions.organisation_id', '=', service.organisationId)
      .where('integrity_decisions.service_id', '=', service.serviceId);
  return (await query.execute()).map((row) => ({
    organisationId: row.organisation_id as OrganisationId,
    serviceId: row.service_id as ServiceId,
    decisionId: row.decision_id as DecisionId,
    kind: row.decided === 'clear' ? 'include' : 'set-aside',
    pointName: row.point_name ?? row.point_id,
    date: row.local_date,
    halfDay: row.half_day,
    responses: row.responses,
    reason: row.reason,
    signedAt: row.signed_at,
    signedBy: row.signed_by,
    takenBack:
      row.taken_back_at === null
        ? null
        : { at: row.taken_back_at, by: row.taken_back_by ?? '', reason: row.taken_back_reason ?? '' },
  }));
}
