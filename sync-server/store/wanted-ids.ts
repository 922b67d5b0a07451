import { type Kysely, type RawBuilder, sql } from 'kysely';
import { engineOf } from './engine.ts';
import type { Tables } from './tables.ts';

/** Something an organisation names. */
export interface WantedId {
  readonly organisationId: string;
  readonly id: string;
}

/**
 * Any number of ids as a table to join, `wanted (organisation_id, id)`; the text of the query stays the same. Joined by the organisation
 * too, so that no id is ever looked for in another's rows.
 */
export function wantedIds(db: Kysely<Tables>, ids: readonly WantedId[]): RawBuilder<unknown> {
  if (engineOf(db) === 'postgres') {
    return sql`unnest(${ids.map(({ organisationId }) => organisationId)}::text[], ${ids.map(({ id }) => id)}::text[])
      as wanted (organisation_id, id)`;
  }
  const pairs = JSON.stringify(ids.map(({ organisationId, id }) => [organisationId, id]));
  return sql`(select value ->> 0 as organisation_id, value ->> 1 as id from json_each(${pairs})) as wanted`;
}
