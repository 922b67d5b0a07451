import type { ImprovementId } from '../../domain/ids.ts';
import type { Wording } from '../../domain/survey.ts';
import {
  IMPROVEMENTS_SHOWN,
  type Improvement,
  type Publications,
  type PublishedResult,
} from '../../protocol/publication.ts';
import type { Clock } from '../clock.ts';
import { inScope } from '../people/scope.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import type { Scope, Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { readEndedQuarter } from './ended-quarter.ts';
import { readImprovements } from './read-improvements.ts';

/** Of each service that has tablets, or may have: what they show, what could be published, and every line there is. */
export async function readPublications(
  deps: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
): Promise<Publications> {
  const { db } = deps.store;
  const services = await visibleServices(db, scope);
  const quarter = await readEndedQuarter(deps, scope);
  const results = await db
    .selectFrom('published_results')
    .selectAll()
    .where(inScope(scope, 'published_results'))
    .execute();
  const lines = await readImprovements(db).where(inScope(scope, 'improvements')).execute();
  return {
    services: services
      .filter(({ status }) => status === 'active')
      .flatMap((service) => {
        const { organisationId, serviceId, serviceName, siteName } = service;
        const figure = quarter.of(service);
        if (figure === null) return [];
        const isOfService = (row: { readonly organisation_id: string; readonly service_id: string }) =>
          row.organisation_id === organisationId && row.service_id === serviceId;
        const { today } = placeOf([service], deps.clock);
        const result = results.find(isOfService);
        return {
          organisationId,
          serviceId,
          serviceName,
          siteName,
          published: result === undefined ? null : publishedOf(result),
          quarter: figure,
          improvements: improvementsOf(lines.filter(isOfService), today),
        };
      }),
  };
}

function publishedOf(row: Tables['published_results']): PublishedResult {
  return {
    shareSatisfied: row.share_satisfied,
    base: row.base,
    periodLabel: (JSON.parse(row.period_label) as Wording).fr,
    publishedOn: row.published_on,
    publishedBy: row.published_by,
  };
}

/** @param rows newest first */
function improvementsOf(rows: readonly Tables['improvements'][], today: string): Improvement[] {
  const shown = rows.filter((row) => row.shown_from <= today).slice(0, IMPROVEMENTS_SHOWN);
  return rows.map((row) => ({
    improvementId: row.improvement_id as ImprovementId,
    said: row.said,
    done: row.done,
    shownFrom: row.shown_from,
    createdBy: row.created_by,
    isShown: shown.includes(row),
  }));
}
