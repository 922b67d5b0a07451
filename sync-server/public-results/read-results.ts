import { wilsonInterval } from '../../domain/interval.ts';
import { localMoment } from '../../domain/local-time.ts';
import { DEFAULT_THRESHOLDS } from '../../domain/small-base.ts';
import type { Wording } from '../../domain/survey.ts';
import { IMPROVEMENTS_SHOWN } from '../../protocol/publication.ts';
import type { Clock } from '../clock.ts';
import { readImprovements } from '../publication/read-improvements.ts';
import type { Store } from '../store/store.ts';

/** What a town has decided to show of its receptions: the very lines of its tablets, and nothing that was not published. */
export interface PublishedResults {
  readonly isDemonstration: boolean;
  readonly organisations: readonly {
    readonly name: string;
    readonly services: readonly PublishedService[];
  }[];
}

export interface PublishedService {
  readonly organisationId: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly siteName: string;
  readonly result: PublishedFigure | null;
  readonly improvements: readonly { readonly said: string; readonly done: string }[];
}

/** A share with all that must stand beside it. */
export interface PublishedFigure {
  readonly shareSatisfied: number;
  readonly base: number;
  readonly low: number;
  readonly high: number;
  readonly period: Wording;
  readonly publishedOn: string;
}

/** Every service that shows something, by organisation, in the order of the town file. */
export async function readPublishedResults({
  store,
  clock,
}: {
  readonly store: Pick<Store, 'db'>;
  readonly clock: Clock;
}): Promise<PublishedResults> {
  const { db } = store;
  const services = await db
    .selectFrom('services')
    .innerJoin('organisations', 'organisations.organisation_id', 'services.organisation_id')
    .innerJoin('sites', (join) =>
      join
        .onRef('sites.organisation_id', '=', 'services.organisation_id')
        .onRef('sites.site_id', '=', 'services.site_id'),
    )
    .select(['services.organisation_id', 'services.service_id', 'services.name as service_name'])
    .select(['sites.name as site_name', 'organisations.name as organisation_name'])
    .select(['organisations.time_zone', 'organisations.is_demonstration'])
    .where('services.status', '=', 'active')
    .orderBy('organisations.position')
    .orderBy('services.position')
    .execute();
  const results = await db.selectFrom('published_results').selectAll().execute();
  const lines = await readImprovements(db).execute();
  const shown = services.flatMap((row) => {
    const isOfService = (one: { readonly organisation_id: string; readonly service_id: string }) =>
      one.organisation_id === row.organisation_id && one.service_id === row.service_id;
    const result = results.find(isOfService);
    const today = localMoment(clock.now(), row.time_zone).date;
    const improvements = lines
      .filter((line) => isOfService(line) && line.shown_from <= today)
      .slice(0, IMPROVEMENTS_SHOWN)
      .map(({ said, done }) => ({ said, done }));
    if (result === undefined && improvements.length === 0) return [];
    return {
      organisationName: row.organisation_name,
      organisationId: row.organisation_id,
      serviceId: row.service_id,
      serviceName: row.service_name,
      siteName: row.site_name,
      result: result === undefined ? null : figureOf(result),
      improvements,
    };
  });
  return {
    isDemonstration: services.some((row) => row.is_demonstration === 1),
    organisations: [...new Set(shown.map(({ organisationName }) => organisationName))].map((name) => ({
      name,
      services: shown.filter(({ organisationName }) => organisationName === name),
    })),
  };
}

/** Nothing below the base that lets a share be published leaves, whatever a row says. */
function figureOf(row: {
  readonly share_satisfied: number;
  readonly base: number;
  readonly period_label: string;
  readonly published_on: string;
}): PublishedFigure | null {
  const interval = wilsonInterval(Math.round(row.share_satisfied * row.base), row.base);
  if (row.base < DEFAULT_THRESHOLDS.comparableFrom || interval === null) return null;
  return {
    shareSatisfied: row.share_satisfied,
    base: row.base,
    ...interval,
    period: JSON.parse(row.period_label) as Wording,
    publishedOn: row.published_on,
  };
}
