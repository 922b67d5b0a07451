import type { Kysely } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** A query on the reception points, each with its service, its site and its organisation: to be narrowed, and told what to select. */
export const fromReceptionPoints = (db: Kysely<Tables>) =>
  db
    .selectFrom('points')
    .innerJoin('services', (join) =>
      join
        .onRef('services.organisation_id', '=', 'points.organisation_id')
        .onRef('services.service_id', '=', 'points.service_id'),
    )
    .innerJoin('sites', (join) =>
      join
        .onRef('sites.organisation_id', '=', 'services.organisation_id')
        .onRef('sites.site_id', '=', 'services.site_id'),
    )
    .innerJoin('organisations', 'organisations.organisation_id', 'points.organisation_id');
