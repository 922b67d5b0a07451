import { sql } from 'kysely';
import { inScope } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';

interface Days {
  readonly from: string;
  readonly to: string;
}

/** How many texts of some days wait to be read, by service; read off the index of unread texts alone. */
export async function unreadCounts(
  { db }: Pick<Store, 'db'>,
  scope: Scope,
  { from, to }: Days,
): Promise<(service: { readonly organisationId: string; readonly serviceId: string }) => number> {
  const { rows } = await sql<{ organisation_id: string; service_id: string; unread: number }>`
    select organisation_id, service_id, count(*) as unread
    from verbatims
    where ${inScope(scope, 'verbatims')}
      and service_id in (select service_id from services where ${inScope(scope, 'services')})
      and local_date between ${from} and ${to}
      and read_at is null and hidden_at is null
    group by organisation_id, service_id`.execute(db);
  return ({ organisationId, serviceId }) =>
    rows.find((row) => row.organisation_id === organisationId && row.service_id === serviceId)?.unread ?? 0;
}
