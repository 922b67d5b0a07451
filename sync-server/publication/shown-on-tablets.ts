import type { OrganisationId, ServiceId } from '../../domain/ids.ts';
import type { LocalDate } from '../../domain/weeks.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import { IMPROVEMENTS_SHOWN } from '../../protocol/publication.ts';
import type { Store } from '../store/store.ts';
import { readImprovements } from './read-improvements.ts';

/** What of a service its tablets show on their first screen, on a day of its own calendar. */
export async function shownOnTablets(
  { db }: Pick<Store, 'db'>,
  key: { readonly organisationId: OrganisationId; readonly serviceId: ServiceId },
  today: LocalDate,
): Promise<Pick<Assignment, 'publishedResults' | 'improvements'>> {
  const result = await db
    .selectFrom('published_results')
    .select(['share_satisfied', 'base', 'period_label'])
    .where('organisation_id', '=', key.organisationId)
    .where('service_id', '=', key.serviceId)
    .executeTakeFirst();
  const rows = await readImprovements(db)
    .where('organisation_id', '=', key.organisationId)
    .where('service_id', '=', key.serviceId)
    .where('shown_from', '<=', today)
    .limit(IMPROVEMENTS_SHOWN)
    .execute();
  return {
    publishedResults:
      result === undefined
        ? null
        : {
            shareSatisfied: result.share_satisfied,
            base: result.base,
            periodLabel: JSON.parse(result.period_label),
          },
    ...(rows.length > 0 && {
      improvements: rows.map(({ said, done }) => ({ said: { fr: said }, done: { fr: done } })),
    }),
  };
}
