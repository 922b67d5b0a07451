import type { Kysely } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** The lines of some organisations, newest first: the order in which tablets show them. */
export function readImprovements(db: Kysely<Tables>, organisationIds: readonly string[]) {
  return db
    .selectFrom('improvements')
    .selectAll()
    .where('organisation_id', 'in', organisationIds)
    .orderBy('shown_from', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('improvement_id');
}
