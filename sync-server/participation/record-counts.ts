import type { LocalDate } from '../../domain/weeks.ts';
import { type Clock, instantOf } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { together } from '../store/together.ts';

/** One day's visitors of one service; null takes the count away. */
export interface CountToRecord {
  readonly organisationId: string;
  readonly serviceId: string;
  readonly date: LocalDate;
  readonly visitors: number | null;
}

export interface Recorded {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/**
 * Records counts in one transaction. A count that is there already is replaced, and one that is the same is left as it is, with whoever entered
 * it first: the same file brought twice changes nothing.
 */
export async function recordCounts(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  counts: readonly CountToRecord[],
  entered: { readonly by: string; readonly source: Tables['visitor_counts']['source'] },
): Promise<Recorded> {
  return together(store.db, async (trx) => {
    const recorded = { added: 0, changed: 0, unchanged: 0 };
    for (const { organisationId, serviceId, date, visitors } of counts) {
      const key = { organisation_id: organisationId, service_id: serviceId, local_date: date };
      const known = await trx
        .selectFrom('visitor_counts')
        .select('visitors')
        .where('organisation_id', '=', organisationId)
        .where('service_id', '=', serviceId)
        .where('local_date', '=', date)
        .executeTakeFirst();
      if ((known?.visitors ?? null) === visitors) {
        recorded.unchanged += 1;
        continue;
      }
      if (known === undefined) recorded.added += 1;
      else recorded.changed += 1;
      if (visitors === null) {
        await trx
          .deleteFrom('visitor_counts')
          .where('organisation_id', '=', organisationId)
          .where('service_id', '=', serviceId)
          .where('local_date', '=', date)
          .execute();
        continue;
      }
      const row = {
        visitors,
        source: entered.source,
        entered_at: instantOf(clock.now()),
        entered_by: entered.by,
      };
      await trx
        .insertInto('visitor_counts')
        .values({ ...key, ...row })
        .onConflict((on) => on.columns(['organisation_id', 'service_id', 'local_date']).doUpdateSet(row))
        .execute();
    }
    return recorded;
  });
}
