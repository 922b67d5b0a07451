import { localMoment } from '../../domain/local-time.ts';
import { type OpeningHours, openingMinutes } from '../../domain/opening-hours.ts';
import { addDays } from '../../domain/weeks.ts';
import { addMark } from '../calendar/marks.ts';
import type { Clock } from '../clock.ts';
import { type CountToRecord, recordCounts } from '../participation/record-counts.ts';
import { wholeScope } from '../people/scope.ts';
import type { Store } from '../store/store.ts';
import { DEMO_PUBLISHER } from './demo-publication.ts';
import { weeklyResponsesOf } from './demo-year.ts';

/** Where visitors are counted, by the ticket machine of the hall; the other receptions of the demonstration have none. */
const COUNTED = ['accueil-general', 'etat-civil'];
const DAYS = 371;
/** For one who answers, so many who do not. */
const VISITORS_PER_RESPONSE = 11;
const ELECTIONS = [
  { day: '2026-03-15', label: 'Élections municipales, premier tour' },
  { day: '2026-03-22', label: 'Élections municipales, second tour' },
] as const;

/** Counts the made-up visitors of a year, and marks the days that nobody forgets. */
export async function countVisitors(
  deps: { readonly store: Store; readonly clock: Clock },
  receptions: readonly {
    readonly organisationId: string;
    readonly serviceId: string;
    readonly openingHours: OpeningHours;
    readonly timeZone: string;
  }[],
  random: () => number,
): Promise<void> {
  const counted = receptions.filter(({ serviceId }) => COUNTED.includes(serviceId));
  const counts = counted.flatMap(({ organisationId, serviceId, openingHours, timeZone }) => {
    const today = localMoment(deps.clock.now(), timeZone).date;
    const daily = (weeklyResponsesOf(serviceId) / 5) * VISITORS_PER_RESPONSE;
    return Array.from({ length: DAYS }, (_, back) => addDays(today, -1 - back))
      .filter((date) => openingMinutes(openingHours, date) > 0)
      .map(
        (date): CountToRecord => ({
          organisationId,
          serviceId,
          date,
          visitors: Math.round(daily * (0.75 + random() / 2)),
        }),
      );
  });
  await recordCounts(deps, counts, { by: DEMO_PUBLISHER, source: 'file' });
  for (const organisationId of new Set(receptions.map((reception) => reception.organisationId)))
    for (const { day, label } of ELECTIONS) {
      const change = { firstDay: day, lastDay: day, kind: 'election' as const, label };
      await addMark(deps, wholeScope([organisationId]), organisationId, change, DEMO_PUBLISHER);
    }
}
