import { sql } from 'kysely';
import { shareSatisfied } from '../../domain/measures.ts';
import { baseOf, EMPTY_TALLY, mergeTallies, type Tally, totalOf } from '../../domain/tally.ts';
import { type LocalDate, weekOf } from '../../domain/weeks.ts';
import type { Revision } from '../../protocol/scores.ts';
import type { Store } from '../store/store.ts';
import { maySayShare } from './figure.ts';
import type { RatingSeries } from './series.ts';
import { WHOLE_RESPONSE } from '../ingest/tallies.ts';
import type { DayRange, ServiceKey } from './tally-sums.ts';

/** What reached one service's week after it was closed, by the day it arrived, oldest first. */
export interface LateWeek {
  readonly service: ServiceKey;
  readonly weekStartsOn: LocalDate;
  readonly arrivals: readonly LateArrival[];
}

interface LateArrival {
  readonly receivedOn: LocalDate;
  readonly responses: number;
  /** Item and scale → what was added to that series. */
  readonly tallies: ReadonlyMap<string, Tally>;
}

/** The late weeks of some services whose Monday is in the range. */
export async function readLateWeeks(
  { db }: Pick<Store, 'db'>,
  asked: {
    readonly services: readonly ServiceKey[];
    readonly itemIds: readonly string[];
    readonly range: DayRange;
  },
): Promise<readonly LateWeek[]> {
  const { services, itemIds, range } = asked;
  if (services.length === 0) return [];
  const { rows } = await sql<{
    organisation_id: string;
    service_id: string;
    item_id: string;
    scale_id: string;
    week_starts_on: string;
    received_on: string;
    code: string;
    count: number;
  }>`
    select organisation_id, service_id, item_id, scale_id, week_starts_on, received_on, code, count
    from late_tallies
    where organisation_id in (${sql.join([...new Set(services.map((one) => one.organisationId))])})
      and service_id in (${sql.join([...new Set(services.map((one) => one.serviceId))])})
      and item_id in (${sql.join([...new Set([WHOLE_RESPONSE, ...itemIds])])})
      and week_starts_on between ${range.from} and ${range.to}
      and count > 0
      and integrity = 'clear'
    order by organisation_id, service_id, week_starts_on, received_on`.execute(db);
  const weeks: { service: ServiceKey; weekStartsOn: LocalDate; arrivals: MutableArrival[] }[] = [];
  for (const row of rows) {
    let week = weeks.at(-1);
    if (
      week === undefined ||
      week.weekStartsOn !== row.week_starts_on ||
      week.service.serviceId !== row.service_id ||
      week.service.organisationId !== row.organisation_id
    ) {
      const service = { organisationId: row.organisation_id, serviceId: row.service_id };
      week = { service, weekStartsOn: row.week_starts_on, arrivals: [] };
      weeks.push(week);
    }
    let arrival = week.arrivals.at(-1);
    if (arrival?.receivedOn !== row.received_on) {
      arrival = { receivedOn: row.received_on, responses: 0, tallies: new Map() };
      week.arrivals.push(arrival);
    }
    if (row.item_id === WHOLE_RESPONSE) arrival.responses += row.count;
    else {
      const key = seriesKey(row.item_id, row.scale_id);
      arrival.tallies.set(
        key,
        mergeTallies(arrival.tallies.get(key) ?? EMPTY_TALLY, { [row.code]: row.count }),
      );
    }
  }
  return weeks;
}

interface MutableArrival extends LateArrival {
  responses: number;
  readonly tallies: Map<string, Tally>;
}

/**
 * The dated revisions of a closed week, oldest first. The figure the week was closed with is what is known now less all that came late; each
 * day of arrival then adds its own. A share is told only of a base that may carry one.
 *
 * @param tally the week's, of this series, with everything that has arrived
 */
export function revisionsOf(series: RatingSeries, late: LateWeek, tally: Tally): readonly Revision[] {
  const added = late.arrivals.map(
    (arrival) => arrival.tallies.get(seriesKey(series.itemId, series.scaleId)) ?? EMPTY_TALLY,
  );
  let known = added.reduce(less, tally);
  return late.arrivals.map((arrival, index) => {
    const before = known;
    known = mergeTallies(before, added[index] ?? EMPTY_TALLY);
    return {
      week: weekOf(late.weekStartsOn),
      revisedOn: arrival.receivedOn,
      addedResponses: arrival.responses,
      baseBefore: baseOf(series.scale, before),
      baseAfter: baseOf(series.scale, known),
      shareBefore: shareToTell(series, before),
      shareAfter: shareToTell(series, known),
    };
  });
}

function shareToTell({ scale }: RatingSeries, tally: Tally): number | null {
  return maySayShare(baseOf(scale, tally)) ? shareSatisfied(scale, tally) : null;
}

/** What remains of a tally without a part of it. */
function less(tally: Tally, part: Tally): Tally {
  if (totalOf(part) === 0) return tally;
  return Object.fromEntries(
    Object.entries(tally).map(([code, count]) => [code, Math.max(0, count - (part[code] ?? 0))]),
  );
}

function seriesKey(itemId: string, scaleId: string): string {
  return `${itemId} ${scaleId}`;
}
