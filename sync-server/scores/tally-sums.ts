import { type RawBuilder, sql } from 'kysely';
import { type Channel, CHANNELS } from '../../domain/answers.ts';
import { EMPTY_TALLY, type Tally, totalOf } from '../../domain/tally.ts';
import type { LocalDate } from '../../domain/weeks.ts';
import { SET_ASIDE_REASONS, WHOLE_RESPONSE } from '../ingest/tallies.ts';
import type { Store } from '../store/store.ts';
import type { Integrity } from '../store/integrity-tables.ts';

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

interface SumRow {
  readonly organisation_id: string;
  readonly service_id: string;
  readonly item_id: string;
  readonly scale_id: string;
  readonly starts_on: string;
  readonly integrity: Integrity;
  readonly code: string;
  readonly [range: `sum_${number}`]: number;
}

/**
 * Tallies of some services and items, summed over one range of days or several: what stands in the figures, and beside it what is set aside.
 */
export class TallySums {
  readonly #tallies: Readonly<Record<Integrity, Map<string, Record<string, number>>>> = {
    clear: new Map(),
    flagged: new Map(),
  };

  add(integrity: Integrity, key: string, code: string, count: number): void {
    if (count === 0) return;
    const tallies = this.#tallies[integrity];
    const tally = tallies.get(key) ?? {};
    tally[code] = (tally[code] ?? 0) + count;
    tallies.set(key, tally);
  }

  /** @param scaleId '' for a choice @param place the range's index, or the day a week begins */
  tally(service: ServiceKey, itemId: string, scaleId: string, place: number | LocalDate = 0): Tally {
    return this.#tallies.clear.get(keyOf(service, itemId, scaleId, place)) ?? EMPTY_TALLY;
  }

  flaggedTally(service: ServiceKey, itemId: string, scaleId: string, place: number | LocalDate = 0): Tally {
    return this.#tallies.flagged.get(keyOf(service, itemId, scaleId, place)) ?? EMPTY_TALLY;
  }

  responses(service: ServiceKey, place: number | LocalDate = 0): number {
    return totalOf(this.tally(service, WHOLE_RESPONSE, '', place));
  }

  /** How many responses are set aside. */
  setAside(service: ServiceKey, place: number | LocalDate = 0): number {
    return totalOf(this.flaggedTally(service, WHOLE_RESPONSE, '', place));
  }

  /** Why, a response under each of its reasons. */
  reasons(service: ServiceKey, place: number | LocalDate = 0): Tally {
    return this.flaggedTally(service, SET_ASIDE_REASONS, '', place);
  }
}

interface Asked {
  readonly services: readonly ServiceKey[];
  /** Whole responses are summed besides. */
  readonly itemIds: readonly string[];
  readonly grain: Grain;
  /** All of them where none is named. */
  readonly channels?: readonly Channel[];
}

/** Sums over each range, all services in one query: its cost is that of the tallies in the ranges. */
export async function sumTallies(
  { db }: Pick<Store, 'db'>,
  asked: Asked & { readonly ranges: readonly DayRange[] },
): Promise<TallySums> {
  const sums = new TallySums();
  const { ranges } = asked;
  const whole = wholeRange(ranges);
  if (whole === null || asked.services.length === 0) return sums;
  const columns = ranges.map(
    ({ from, to }, index) =>
      sql`sum(case when starts_on between ${from} and ${to} then count else 0 end) as ${sql.ref(`sum_${index}`)}`,
  );
  const { rows } = await sql<SumRow>`
    select organisation_id, service_id, item_id, scale_id, integrity, code, ${sql.join(columns)}
    from tallies
    where ${conditions(asked, whole)}
    group by organisation_id, service_id, item_id, scale_id, integrity, code`.execute(db);
  for (const row of rows)
    for (const index of ranges.keys())
      sums.add(
        row.integrity,
        keyOf(serviceOf(row), row.item_id, row.scale_id, index),
        row.code,
        row[`sum_${index}`] ?? 0,
      );
  return sums;
}

/** One tally a week (or day), by the day it begins. */
export async function tallySeries(
  { db }: Pick<Store, 'db'>,
  asked: Asked & { readonly range: DayRange },
): Promise<TallySums> {
  const sums = new TallySums();
  if (asked.services.length === 0) return sums;
  const { rows } = await sql<SumRow>`
    select organisation_id, service_id, item_id, scale_id, starts_on, integrity, code, sum(count) as sum_0
    from tallies
    where ${conditions(asked, asked.range)}
    group by organisation_id, service_id, item_id, scale_id, starts_on, integrity, code`.execute(db);
  for (const row of rows)
    sums.add(
      row.integrity,
      keyOf(serviceOf(row), row.item_id, row.scale_id, row.starts_on),
      row.code,
      row.sum_0 ?? 0,
    );
  return sums;
}

/** Led by the columns of the primary key, so that only what is summed is read. The channels are summed together. */
function conditions(
  { services, itemIds, grain, channels = CHANNELS }: Asked,
  { from, to }: DayRange,
): RawBuilder<unknown> {
  return sql`organisation_id in (${list(services.map((service) => service.organisationId))})
    and grain = ${grain}
    and service_id in (${list(services.map((service) => service.serviceId))})
    and item_id in (${list([WHOLE_RESPONSE, SET_ASIDE_REASONS, ...itemIds])})
    and starts_on between ${from} and ${to}
    and channel in (${list(channels)})`;
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

function serviceOf(row: SumRow): ServiceKey {
  return { organisationId: row.organisation_id, serviceId: row.service_id };
}

/** No identity can hold a space, so no two keys are the same text. */
function keyOf(
  { organisationId, serviceId }: ServiceKey,
  itemId: string,
  scaleId: string,
  place: number | LocalDate,
): string {
  return `${organisationId} ${serviceId} ${itemId} ${scaleId} ${place}`;
}
