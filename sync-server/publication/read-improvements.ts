import type { Kysely } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** The lines, newest first: the order in which tablets show them. */
export function readImprovements(db: Kysely<Tables>) {
  return db
    .selectFrom('improvements')
    .selectAll()
    .orderBy('shown_from', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('improvement_id');
}
