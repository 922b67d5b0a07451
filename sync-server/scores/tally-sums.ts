import { type RawBuilder, sql } from 'kysely';
import type { Channel } from '../../domain/answers.ts';
import { EMPTY_TALLY, type Tally, totalOf } from '../../domain/tally.ts';
import type { LocalDate } from '../../domain/weeks.ts';
import { SET_ASIDE_REASONS, WHOLE_RESPONSE } from '../ingest/tallies.ts';
import type { Integrity } from '../store/integrity-tables.ts';
import { packedCounts, unpackedCounts } from '../store/packed-counts.ts';
import type { Store } from '../store/store.ts';

/** How finely tallies are kept; a week is known by its Monday. */
export type Grain = 'day' | 'week';

/** Days, the last included. Of weeks, those whose Monday is among them. */
export interface DayRange {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** A service, wherever it is kept. */
export interface ServiceKey {
  readonly organisationId: string;
  readonly serviceId: string;
}

/** Counts of one code, place by place: of each range by its index, or of each day or week by the day it begins. */
interface CountedCode {
  readonly service: ServiceKey;
  readonly itemId: string;
  readonly scaleId: string;
  readonly channel: string;
  readonly integrity: Integrity;
  readonly code: string;
  readonly counts: readonly (readonly [place: Place, count: number])[];
}
type Place = number | LocalDate;

/**
 * Tallies of some services and items, summed over one range of days or several: what stands in the figures, and beside it what is set aside.
 */
export class TallySums {
  readonly #counted: readonly CountedCode[];
  readonly #channels = new Map<Channel, TallySums>();
  readonly #tallies: Readonly<Record<Integrity, Map<string, Map<Place, Record<string, number>>>>> = {
    clear: new Map(),
    flagged: new Map(),
  };

  constructor(counted: readonly CountedCode[]) {
    this.#counted = counted;
    for (const { service, itemId, scaleId, integrity, code, counts } of counted) {
      const key = keyOf(service, itemId, scaleId);
      const places = this.#tallies[integrity].get(key) ?? new Map<Place, Record<string, number>>();
      this.#tallies[integrity].set(key, places);
      for (const [place, count] of counts) {
        if (count === 0) continue;
        const tally = places.get(place);
        if (tally === undefined) places.set(place, { [code]: count });
        else tally[code] = (tally[code] ?? 0) + count;
      }
    }
  }

  /** Only what came one way. */
  ofChannel(channel: Channel): TallySums {
    const known = this.#channels.get(channel);
    if (known !== undefined) return known;
    const own = new TallySums(this.#counted.filter((one) => one.channel === channel));
    this.#channels.set(channel, own);
    return own;
  }

  /** @param scaleId '' for a choice @param place the range's index, or the day a week begins */
  tally(service: ServiceKey, itemId: string, scaleId: string, place: Place = 0): Tally {
    return this.#tallies.clear.get(keyOf(service, itemId, scaleId))?.get(place) ?? EMPTY_TALLY;
  }

  flaggedTally(service: ServiceKey, itemId: string, scaleId: string, place: Place = 0): Tally {
    return this.#tallies.flagged.get(keyOf(service, itemId, scaleId))?.get(place) ?? EMPTY_TALLY;
  }

  responses(service: ServiceKey, place: Place = 0): number {
    return totalOf(this.tally(service, WHOLE_RESPONSE, '', place));
  }

  /** How many responses are set aside. */
  setAside(service: ServiceKey, place: Place = 0): number {
    return totalOf(this.flaggedTally(service, WHOLE_RESPONSE, '', place));
  }

  /** Why, a response under each of its reasons. */
  reasons(service: ServiceKey, place: Place = 0): Tally {
    return this.flaggedTally(service, SET_ASIDE_REASONS, '', place);
  }
}

interface Asked {
  readonly services: readonly ServiceKey[];
  /** Whole responses are summed besides. */
  readonly itemIds: readonly string[];
  readonly grain: Grain;
}

interface Head {
  readonly organisation_id: string;
  readonly service_id: string;
  readonly item_id: string;
  readonly scale_id: string;
  readonly channel: string;
  readonly integrity: Integrity;
  readonly code: string;
}
const HEAD = sql.raw('organisation_id, service_id, item_id, scale_id, channel, integrity, code');

/** Sums over each range, all services in one query: its cost is that of the tallies in the ranges. */
export async function sumTallies(
  { db }: Pick<Store, 'db'>,
  asked: Asked & { readonly ranges: readonly DayRange[] },
): Promise<TallySums> {
  const { ranges } = asked;
  const whole = wholeRange(ranges);
  if (whole === null || asked.services.length === 0) return new TallySums([]);
  const columns = ranges.map(
    ({ from, to }, index) =>
      sql`sum(case when starts_on between ${from} and ${to} then count else 0 end) as ${sql.ref(`sum_${index}`)}`,
  );
  const { rows } = await sql<Head & { readonly [range: `sum_${number}`]: number }>`
    select ${HEAD}, ${sql.join(columns)}
    from tallies
    where ${conditions(asked, whole)}
    group by ${HEAD}`.execute(db);
  return new TallySums(
    rows.map((row) => ({
      ...headOf(row),
      counts: ranges.map((_range, index) => [index, row[`sum_${index}`] ?? 0] as const),
    })),
  );
}

/** One tally a week (or day), by the day it begins. */
export async function tallySeries(
  { db }: Pick<Store, 'db'>,
  asked: Asked & { readonly range: DayRange },
): Promise<TallySums> {
  if (asked.services.length === 0) return new TallySums([]);
  const { rows } = await sql<Head & { readonly counts: string }>`
    select ${HEAD}, ${packedCounts('starts_on')} as counts
    from tallies
    where ${conditions(asked, asked.range)}
    group by ${HEAD}`.execute(db);
  return new TallySums(rows.map((row) => ({ ...headOf(row), counts: unpackedCounts(row.counts) })));
}

/** Led by the columns of the primary key, so that only what is summed is read. */
function conditions({ services, itemIds, grain }: Asked, { from, to }: DayRange): RawBuilder<unknown> {
  return sql`organisation_id in (${list(services.map((service) => service.organisationId))})
    and grain = ${grain}
    and service_id in (${list(services.map((service) => service.serviceId))})
    and item_id in (${list([WHOLE_RESPONSE, SET_ASIDE_REASONS, ...itemIds])})
    and starts_on between ${from} and ${to}`;
}

function list(values: readonly string[]): RawBuilder<unknown> {
  return sql.join([...new Set(values)]);
}

function wholeRange(ranges: readonly DayRange[]): DayRange | null {
  const [first] = ranges;
  if (first === undefined) return null;
  return ranges.reduce(
    (whole, { from, to }) => ({
      from: from < whole.from ? from : whole.from,
      to: to > whole.to ? to : whole.to,
    }),
    first,
  );
}

function headOf(row: Head): Omit<CountedCode, 'counts'> {
  return {
    service: { organisationId: row.organisation_id, serviceId: row.service_id },
    itemId: row.item_id,
    scaleId: row.scale_id,
    channel: row.channel,
    integrity: row.integrity,
    code: row.code,
  };
}

/** No identity can hold a space, so no two keys are the same text. */
function keyOf({ organisationId, serviceId }: ServiceKey, itemId: string, scaleId: string): string {
  return `${organisationId} ${serviceId} ${itemId} ${scaleId}`;
}
