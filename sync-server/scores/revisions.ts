import { sql } from 'kysely';
import { mayShowTotal } from '../../domain/small-base.ts';
import type { Satisfaction } from '../../domain/signal.ts';
import { baseOf, EMPTY_TALLY, satisfiedCount, type Tally } from '../../domain/tally.ts';
import { type LocalDate, weekOf } from '../../domain/weeks.ts';
import type { Revision } from '../../protocol/scores.ts';
import { WHOLE_RESPONSE } from '../ingest/tallies.ts';
import type { LateChange } from '../store/integrity-tables.ts';
import { packedCounts, unpackedCounts } from '../store/packed-counts.ts';
import type { Store } from '../store/store.ts';
import { maySayShare } from './figure.ts';
import type { RatingSeries } from './series.ts';
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
    integrity: Change;
    code: string;
    counts: string;
  }>`
    select organisation_id, service_id, item_id, scale_id, integrity, code,
      ${packedCounts('week_starts_on', 'received_on')} as counts
    from late_tallies
    where organisation_id in (${sql.join([...new Set(services.map((one) => one.organisationId))])})
      and service_id in (${sql.join([...new Set(services.map((one) => one.serviceId))])})
      and item_id in (${sql.join([...new Set([WHOLE_RESPONSE, ...itemIds])])})
      and week_starts_on between ${range.from} and ${range.to}
      and count > 0
      and integrity in (${sql.join([...CHANGES])})
    group by organisation_id, service_id, item_id, scale_id, integrity, code`.execute(db);
  const found = new Map<string, ServiceArrivals>();
  for (const row of rows) {
    const arrivals = arrivalsOf(found, { organisationId: row.organisation_id, serviceId: row.service_id });
    const isWhole = row.item_id === WHOLE_RESPONSE;
    const key = seriesKey(row.item_id, row.scale_id);
    for (const [days, count] of unpackedCounts(row.counts)) {
      const arrival = arrivalOn(arrivals, days);
      if (isWhole) {
        arrival.responses[row.integrity] += count;
        continue;
      }
      const tally = arrival.tallies.get(key) ?? {};
      arrival.tallies.set(key, tally);
      tally[row.code] = (tally[row.code] ?? 0) + (row.integrity === 'excluded' ? -count : count);
      if (row.integrity !== 'clear') arrival.decided.set(key, (arrival.decided.get(key) ?? 0) + count);
    }
  }
  return [...found.values()].flatMap(weeksOf);
}

interface MutableArrival extends Omit<LateArrival, 'receivedOn'> {
  readonly responses: Record<Change, number>;
  readonly tallies: Map<string, Record<string, number>>;
  readonly decided: Map<string, number>;
}

/** By the week's Monday and the day of arrival, as they are packed: thousands of counts ask for the same few hundred days. */
interface ServiceArrivals {
  readonly service: ServiceKey;
  readonly byDays: Map<string, MutableArrival>;
}

function arrivalsOf(found: Map<string, ServiceArrivals>, service: ServiceKey): ServiceArrivals {
  const key = `${service.organisationId} ${service.serviceId}`;
  const arrivals = found.get(key) ?? { service, byDays: new Map<string, MutableArrival>() };
  found.set(key, arrivals);
  return arrivals;
}

function arrivalOn({ byDays }: ServiceArrivals, days: string): MutableArrival {
  const known = byDays.get(days);
  if (known !== undefined) return known;
  const fresh = {
    responses: { clear: 0, included: 0, excluded: 0 },
    tallies: new Map<string, Record<string, number>>(),
    decided: new Map<string, number>(),
  };
  byDays.set(days, fresh);
  return fresh;
}

function weeksOf({ service, byDays }: ServiceArrivals): readonly LateWeek[] {
  const weeks = new Map<LocalDate, LateArrival[]>();
  for (const days of [...byDays.keys()].toSorted()) {
    const [weekStartsOn = '', receivedOn = ''] = days.split(' ');
    const arrival = byDays.get(days);
    if (arrival === undefined) continue;
    const arrivals = weeks.get(weekStartsOn) ?? [];
    weeks.set(weekStartsOn, arrivals);
    arrivals.push({ receivedOn, ...arrival });
  }
  return [...weeks].map(([weekStartsOn, arrivals]) => ({ service, weekStartsOn, arrivals }));
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
  const added = late.arrivals.map(({ tallies }) => countedIn(series, tallies.get(key) ?? EMPTY_TALLY));
  let known = added.reduce((rest, one) => sum(rest, one, -1), countedIn(series, tally));
  return late.arrivals.map((arrival, index) => {
    const before = known;
    known = sum(before, added[index] ?? NOTHING, 1);
    const isTold = mayShowTotal([arrival.decided.get(key) ?? 0]);
    return {
      week: weekOf(late.weekStartsOn),
      revisedOn: arrival.receivedOn,
      addedResponses: arrival.responses.clear,
      includedResponses: arrival.responses.included,
      excludedResponses: arrival.responses.excluded,
      baseBefore: before.base,
      baseAfter: known.base,
      shareBefore: isTold ? shareToTell(before) : null,
      shareAfter: isTold ? shareToTell(known) : null,
    };
  });
}

const NOTHING: Satisfaction = { satisfied: 0, base: 0 };

function countedIn({ scale }: RatingSeries, tally: Tally): Satisfaction {
  return { satisfied: satisfiedCount(scale, tally), base: baseOf(scale, tally) };
}

function sum(one: Satisfaction, other: Satisfaction, times: 1 | -1): Satisfaction {
  return { satisfied: one.satisfied + times * other.satisfied, base: one.base + times * other.base };
}

function shareToTell({ satisfied, base }: Satisfaction): number | null {
  return maySayShare(base) ? satisfied / base : null;
}

function seriesKey(itemId: string, scaleId: string): string {
  return `${itemId} ${scaleId}`;
}
