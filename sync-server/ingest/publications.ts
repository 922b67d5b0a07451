import type { OrganisationId } from '../../domain/ids.ts';
import type { OpeningHours } from '../../domain/opening-hours.ts';
import type { SurveyVersion } from '../../domain/survey.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';

interface PublishedPoint {
  readonly serviceId: string;
  readonly openingHours: OpeningHours;
}

/** How long what may change is told from memory: another process may have read a new town file meanwhile. */
const FRESH_MS = 5_000;

/**
 * What an organisation has published, as ingest needs it. Survey versions never change and are kept for good; points and time zones are read again
 * every few seconds. What was not found is asked again each time, since it may be published meanwhile.
 */
export class Publications {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #versions = new Map<string, SurveyVersion>();
  readonly #points = new Map<string, { readonly readAt: number; readonly point: PublishedPoint }>();
  readonly #timeZones = new Map<string, { readonly readAt: number; readonly timeZone: string }>();

  constructor({ store, clock }: { readonly store: Store; readonly clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** What memory holds of it now, for whoever would rather not wait; undefined where `surveyVersion` has to be asked. */
  keptSurveyVersion(organisationId: OrganisationId, surveyVersionId: string): SurveyVersion | undefined {
    return this.#versions.get(keyOf(organisationId, surveyVersionId));
  }

  async surveyVersion(
    organisationId: OrganisationId,
    surveyVersionId: string,
  ): Promise<SurveyVersion | null> {
    const kept = this.keptSurveyVersion(organisationId, surveyVersionId);
    if (kept !== undefined) return kept;
    const row = await this.#store.db
      .selectFrom('survey_versions')
      .select('content')
      .where('organisation_id', '=', organisationId)
      .where('survey_version_id', '=', surveyVersionId)
      .executeTakeFirst();
    if (row === undefined) return null;
    const version = JSON.parse(row.content) as SurveyVersion;
    this.#versions.set(keyOf(organisationId, surveyVersionId), version);
    return version;
  }

  /** As `keptSurveyVersion`. */
  keptPoint(organisationId: OrganisationId, pointId: string): PublishedPoint | undefined {
    const kept = this.#points.get(keyOf(organisationId, pointId));
    return kept !== undefined && this.#isFresh(kept) ? kept.point : undefined;
  }

  async point(organisationId: OrganisationId, pointId: string): Promise<PublishedPoint | null> {
    const kept = this.keptPoint(organisationId, pointId);
    if (kept !== undefined) return kept;
    const row = await this.#store.db
      .selectFrom('points')
      .select(['service_id', 'opening_hours'])
      .where('organisation_id', '=', organisationId)
      .where('point_id', '=', pointId)
      .executeTakeFirst();
    if (row === undefined) return null;
    const point = { serviceId: row.service_id, openingHours: JSON.parse(row.opening_hours) as OpeningHours };
    this.#points.set(keyOf(organisationId, pointId), { readAt: this.#clock.now(), point });
    return point;
  }

  async timeZone(organisationId: OrganisationId): Promise<string> {
    const kept = this.#timeZones.get(organisationId);
    if (kept !== undefined && this.#isFresh(kept)) return kept.timeZone;
    const { time_zone: timeZone } = await this.#store.db
      .selectFrom('organisations')
      .select('time_zone')
      .where('organisation_id', '=', organisationId)
      .executeTakeFirstOrThrow();
    this.#timeZones.set(organisationId, { readAt: this.#clock.now(), timeZone });
    return timeZone;
  }

  #isFresh({ readAt }: { readonly readAt: number }): boolean {
    const age = this.#clock.now() - readAt;
    return age >= 0 && age < FRESH_MS;
  }
}

/** Neither identity can hold a slash. */
function keyOf(organisationId: OrganisationId, id: string): string {
  return `${organisationId}/${id}`;
}
