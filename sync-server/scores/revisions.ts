import { sql } from 'kysely';
import { shareSatisfied } from '../../domain/measures.ts';
import { mayShowTotal } from '../../domain/small-base.ts';
import { baseOf, EMPTY_TALLY, mergeTallies, type Tally } from '../../domain/tally.ts';
import { type LocalDate, weekOf } from '../../domain/weeks.ts';
import type { Revision } from '../../protocol/scores.ts';
import type { Store } from '../store/store.ts';
import type { LateChange } from '../store/integrity-tables.ts';
import { maySayShare } from './figure.ts';
import type { RatingSeries } from './series.ts';
import { WHOLE_RESPONSE } from '../ingest/tallies.ts';
import type { DayRange, ServiceKey } from './tally-sums.ts';

/** What changed one service's week after it was closed, by the day it did, oldest first. */
export interface LateWeek {
  readonly service: ServiceKey;
  readonly weekStartsOn: LocalDate;
  readonly arrivals: readonly LateArrival[];
}

/** A day on which a closed week changed. */
interface LateArrival {
  readonly receivedOn: LocalDate;
  /** Whole responses that came, that were let in by a decision, and that were set aside by one. */
  readonly responses: Readonly<Record<Change, number>>;
  /** Item and scale → what was added to that series, less what was taken out of it. */
  readonly tallies: ReadonlyMap<string, Tally>;
  /** Item and scale → how many answers decisions moved, either way. */
  readonly decided: ReadonlyMap<string, number>;
}

const CHANGES = ['clear', 'included', 'excluded'] as const satisfies readonly LateChange[];
type Change = (typeof CHANGES)[number];

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
    integrity: Change;
    code: string;
    count: number;
  }>`
    select organisation_id, service_id, item_id, scale_id, week_starts_on, received_on, integrity, code, count
    from late_tallies
    where organisation_id in (${sql.join([...new Set(services.map((one) => one.organisationId))])})
      and service_id in (${sql.join([...new Set(services.map((one) => one.serviceId))])})
      and item_id in (${sql.join([...new Set([WHOLE_RESPONSE, ...itemIds])])})
      and week_starts_on between ${range.from} and ${range.to}
      and count > 0
      and integrity in (${sql.join([...CHANGES])})
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
      arrival = {
        receivedOn: row.received_on,
        responses: { clear: 0, included: 0, excluded: 0 },
        tallies: new Map(),
        decided: new Map(),
      };
      week.arrivals.push(arrival);
    }
    if (row.item_id === WHOLE_RESPONSE) arrival.responses[row.integrity] += row.count;
    else {
      const key = seriesKey(row.item_id, row.scale_id);
      const added = { [row.code]: row.integrity === 'excluded' ? -row.count : row.count };
      arrival.tallies.set(key, mergeTallies(arrival.tallies.get(key) ?? EMPTY_TALLY, added));
      if (row.integrity !== 'clear') arrival.decided.set(key, (arrival.decided.get(key) ?? 0) + row.count);
    }
  }
  return weeks;
}

interface MutableArrival extends LateArrival {
  readonly responses: Record<Change, number>;
  readonly tallies: Map<string, Tally>;
  readonly decided: Map<string, number>;
}

/**
 * The dated revisions of a closed week, oldest first. The figure the week was closed with is what is known now less all that changed since; each
 * day then adds its own. A share is told only of a base that may carry one, and not beside a decision about so few answers that subtracting would
 * tell what they said.
 *
 * @param tally the week's, of this series, with everything that has arrived
 */
export function revisionsOf(series: RatingSeries, late: LateWeek, tally: Tally): readonly Revision[] {
  const key = seriesKey(series.itemId, series.scaleId);
  const added = late.arrivals.map(({ tallies }) => tallies.get(key) ?? EMPTY_TALLY);
  let known = mergeTallies(tally, negative(mergeTallies(...added)));
  return late.arrivals.map((arrival, index) => {
    const before = known;
    known = mergeTallies(before, added[index] ?? EMPTY_TALLY);
    const isTold = mayShowTotal([arrival.decided.get(key) ?? 0]);
    return {
      week: weekOf(late.weekStartsOn),
      revisedOn: arrival.receivedOn,
      addedResponses: arrival.responses.clear,
      includedResponses: arrival.responses.included,
      excludedResponses: arrival.responses.excluded,
      baseBefore: baseOf(series.scale, before),
      baseAfter: baseOf(series.scale, known),
      shareBefore: isTold ? shareToTell(series, before) : null,
      shareAfter: isTold ? shareToTell(series, known) : null,
    };
  });
}

function shareToTell({ scale }: RatingSeries, tally: Tally): number | null {
  return maySayShare(baseOf(scale, tally)) ? shareSatisfied(scale, tally) : null;
}

function negative(tally: Tally): Tally {
  return Object.fromEntries(Object.entries(tally).map(([code, count]) => [code, -count]));
}

function seriesKey(itemId: string, scaleId: string): string {
  return `${itemId} ${scaleId}`;
}
