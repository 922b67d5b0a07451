import type { Kysely } from 'kysely';
import { aliveAt, QUARTER_MINUTES } from '../../domain/coverage.ts';
import { localMoment } from '../../domain/local-time.ts';
import { insertRows } from '../store/insert-rows.ts';
import type { Tables } from '../store/tables.ts';

/** A tablet was heard of at a reception point. */
export interface SignOfLife {
  readonly organisationId: string;
  readonly pointId: string;
  readonly atMs: number;
  /** Of the organisation. */
  readonly timeZone: string;
}

const QUARTER_MS = QUARTER_MINUTES * 60_000;

/** Every zone of today is whole quarters of an hour from UTC: a quarter on the wall is one of UTC. */
export function isSameQuarter(oneMs: number, otherMs: number): boolean {
  return Math.floor(oneMs / QUARTER_MS) === Math.floor(otherMs / QUARTER_MS);
}

/** Marks the quarters of an hour in which tablets were heard of; told again, it changes nothing. */
export async function noteAlive(trx: Kysely<Tables>, signs: readonly SignOfLife[]): Promise<void> {
  const rows = signs.map(({ organisationId, pointId, atMs, timeZone }): Tables['alive_quarters'] => {
    const { date, minuteOfDay } = localMoment(atMs, timeZone);
    return { organisation_id: organisationId, point_id: pointId, local_date: date, ...aliveAt(minuteOfDay) };
  });
  await insertAlive(trx, rows);
}

/** Adds quarters to those that are known of some points' days. */
export async function insertAlive(
  trx: Kysely<Tables>,
  rows: readonly Tables['alive_quarters'][],
): Promise<void> {
  const days = new Map<string, Tables['alive_quarters']>();
  for (const row of rows) {
    const key = `${row.organisation_id} ${row.point_id} ${row.local_date}`;
    const known = days.get(key);
    days.set(key, known === undefined ? row : { ...row, ...either(known, row) });
  }
  await insertRows(
    trx,
    'alive_quarters',
    ['organisation_id', 'point_id', 'local_date', 'morning', 'afternoon'],
    // In one order, so that of two processes that write the same days neither waits for both.
    [...days].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
    `on conflict (organisation_id, point_id, local_date) do update set
       morning = alive_quarters.morning | excluded.morning,
       afternoon = alive_quarters.afternoon | excluded.afternoon`,
  );
}

/** 48 bits are more than the language's own bit operations take. */
function either(
  a: Pick<Tables['alive_quarters'], 'morning' | 'afternoon'>,
  b: Pick<Tables['alive_quarters'], 'morning' | 'afternoon'>,
): { readonly morning: number; readonly afternoon: number } {
  const union = (one: number, other: number) => Number(BigInt(one) | BigInt(other));
  return { morning: union(a.morning, b.morning), afternoon: union(a.afternoon, b.afternoon) };
}
