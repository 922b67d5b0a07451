import type { Kysely } from 'kysely';
import type { OrganisationId, ServiceId } from '../../domain/ids.ts';
import { localMoment } from '../../domain/local-time.ts';
import type { LocalDate } from '../../domain/weeks.ts';
import type { Clock } from '../clock.ts';
import { inScope } from './scope.ts';
import type { Scope } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

/** A service a scope lets see, with what is printed above its figures. */
export interface VisibleService {
  readonly organisationId: OrganisationId;
  readonly organisationName: string;
  readonly siteName: string;
  readonly serviceId: ServiceId;
  readonly serviceName: string;
  readonly status: 'active' | 'in-preparation';
  /** 0 to 1. */
  readonly target: number;
  readonly timeZone: string;
  readonly isDemonstration: boolean;
}

/** The zone of a scope that holds nothing: no figure depends on it. */
const ANY_ZONE = 'UTC';

/** Every service of the scope, in the order of the town file. */
export async function visibleServices(db: Kysely<Tables>, scope: Scope): Promise<readonly VisibleService[]> {
  const rows = await db
    .selectFrom('services')
    .innerJoin('organisations', 'organisations.organisation_id', 'services.organisation_id')
    .innerJoin('sites', (join) =>
      join
        .onRef('sites.organisation_id', '=', 'services.organisation_id')
        .onRef('sites.site_id', '=', 'services.site_id'),
    )
    .select([
      'services.organisation_id',
      'services.service_id',
      'services.name as service_name',
      'services.status',
      'services.target_percent',
      'sites.name as site_name',
      'organisations.name as organisation_name',
      'organisations.time_zone',
      'organisations.is_demonstration',
    ])
    .where(inScope(scope, 'services'))
    .orderBy('organisations.position')
    .orderBy('services.position')
    .execute();
  return rows.map((row) => ({
    organisationId: row.organisation_id as OrganisationId,
    organisationName: row.organisation_name,
    siteName: row.site_name,
    serviceId: row.service_id as ServiceId,
    serviceName: row.service_name,
    status: row.status,
    target: row.target_percent / 100,
    timeZone: row.time_zone,
    isDemonstration: row.is_demonstration === 1,
  }));
}

/** Where and when the services are read: the first one's time zone, and today there. */
export function placeOf(
  services: readonly VisibleService[],
  clock: Clock,
): { readonly timeZone: string; readonly today: LocalDate; readonly isDemonstration: boolean } {
  const timeZone = services[0]?.timeZone ?? ANY_ZONE;
  return {
    timeZone,
    today: localMoment(clock.now(), timeZone).date,
    isDemonstration: services.some((service) => service.isDemonstration),
  };
}
