import type { Decision } from '../../protocol/integrity.ts';
import type { ServiceDetail } from '../../protocol/scores.ts';
import { firstDay, lastDay } from '../../domain/periods.ts';
import type { LocalDate } from '../../domain/weeks.ts';
import type { Clock } from '../clock.ts';
import type { MadeAt } from '../exports/about.ts';
import { readDecisions } from '../integrity/read-decisions.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import { readImprovements } from '../publication/read-improvements.ts';
import { type FramingReply, framingOf, periodOfText } from '../scores/framing.ts';
import { readServiceDetail } from '../scores/service-detail.ts';
import type { Scope, Store } from '../store/store.ts';

/** All that an auditor is shown of a period: the figures of the screens, and what they rest on. */
export interface Evidence {
  readonly framing: FramingReply;
  readonly made: MadeAt;
  readonly organisationNames: readonly string[];
  readonly services: readonly EvidenceService[];
}

export interface EvidenceService {
  readonly siteName: string;
  readonly detail: ServiceDetail;
  /** What was asked there up to the end of the period, oldest first. */
  readonly versions: readonly AskedVersion[];
  /** What was decided about answers of the period, the last signed first. */
  readonly decisions: readonly Decision[];
  /** What was told to have been done, newest first. */
  readonly actions: readonly {
    readonly said: string;
    readonly done: string;
    readonly shownFrom: LocalDate;
  }[];
}

interface AskedVersion {
  readonly surveyName: string;
  readonly number: number;
  readonly publishedOn: LocalDate;
}

/** Reads the evidence of a period against the same one a year before, of every active service of the scope. */
export async function readEvidence(
  deps: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  period: string,
): Promise<Evidence> {
  const { db } = deps.store;
  const services = (await visibleServices(db, scope)).filter(({ status }) => status === 'active');
  const place = placeOf(services, deps.clock);
  const query = { period, compare: 'last-year' } as const;
  const asked = periodOfText(period);
  const until = lastDay(asked);
  const evidence: EvidenceService[] = [];
  for (const service of services) {
    const { organisationId, serviceId, siteName } = service;
    const lines = await readImprovements(db)
      .where('organisation_id', '=', organisationId)
      .where('service_id', '=', serviceId)
      .where('shown_from', '<=', until)
      .execute();
    evidence.push({
      siteName,
      detail: await readServiceDetail(deps, scope, service, query),
      decisions: await readDecisions(db, scope, { from: firstDay(asked), to: until, service }),
      versions: await readVersions(deps.store, service, until),
      actions: lines.map(({ said, done, shown_from: shownFrom }) => ({ said, done, shownFrom })),
    });
  }
  return {
    framing: framingOf(query, place).reply,
    made: { nowMs: deps.clock.now(), timeZone: place.timeZone },
    organisationNames: [...new Set(services.map((service) => service.organisationName))],
    services: evidence,
  };
}

async function readVersions(
  { db }: Pick<Store, 'db'>,
  { organisationId, serviceId }: { readonly organisationId: string; readonly serviceId: string },
  until: LocalDate,
): Promise<readonly AskedVersion[]> {
  const rows = await db
    .selectFrom('points')
    .innerJoin('surveys', (join) =>
      join
        .onRef('surveys.organisation_id', '=', 'points.organisation_id')
        .onRef('surveys.survey_id', '=', 'points.survey_id'),
    )
    .innerJoin('survey_versions', (join) =>
      join
        .onRef('survey_versions.organisation_id', '=', 'points.organisation_id')
        .onRef('survey_versions.survey_id', '=', 'points.survey_id'),
    )
    .select(['surveys.name', 'survey_versions.number', 'survey_versions.published_at'])
    .distinct()
    .where('points.organisation_id', '=', organisationId)
    .where('points.service_id', '=', serviceId)
    .orderBy('surveys.name')
    .orderBy('survey_versions.number')
    .execute();
  return rows
    .map((row) => ({ surveyName: row.name, number: row.number, publishedOn: row.published_at.slice(0, 10) }))
    .filter(({ publishedOn }) => publishedOn <= until);
}
