import * as v from 'valibot';
import { CHANNELS } from '../../../domain/answers.ts';
import { firstDay, lastDay } from '../../../domain/periods.ts';
import type { SurveyVersion } from '../../../domain/survey.ts';
import type { LocalDate } from '../../../domain/weeks.ts';
import { localDateSchema } from '../../../protocol/identities.ts';
import type { Clock } from '../../clock.ts';
import { inOrganisationsOf, inScope } from '../../people/scope.ts';
import { placeOf, visibleServices } from '../../people/visible-services.ts';
import { periodOfText, periodTextSchema } from '../../scores/framing.ts';
import type { Scope, Store } from '../../store/store.ts';
import { aboutScope } from '../about.ts';
import { channelText, dayText, DEMONSTRATION, typeset, VOLUNTEERS } from '../words.ts';
import { FIRST_DAY, LAST_DAY, type ResponseFormat, type ResponsesRequest } from './request.ts';

const MAX_LISTED = 500;
const list = <Schema extends v.GenericSchema<string>>(item: Schema) =>
  v.pipe(
    v.string(),
    v.maxLength(MAX_LISTED * 130),
    v.transform((text) => text.split(',').filter((part) => part !== '')),
    v.array(item),
    v.maxLength(MAX_LISTED),
  );

/** Which responses are asked for: a period, or days; what is left out does not narrow. */
export const responsesQuerySchema = v.pipe(
  v.object({
    period: v.exactOptional(periodTextSchema),
    from: v.exactOptional(localDateSchema),
    to: v.exactOptional(localDateSchema),
    /** Each as `organisation/service`. */
    services: v.exactOptional(
      list(v.pipe(v.string(), v.regex(/^[^/]+\/[^/]+$/, 'must be organisation/service'))),
    ),
    channels: v.exactOptional(list(v.picklist(CHANNELS, `must be among ${CHANNELS.join(', ')}`))),
    /** Made by whoever asks, to hear how far it is. */
    exportId: v.exactOptional(v.pipe(v.string(), v.uuid())),
  }),
  v.forward(
    v.check(({ from = '', to = '9999' }) => from <= to, 'must not be before the first day'),
    ['to'],
  ),
);
export type ResponsesQuery = v.InferOutput<typeof responsesQuerySchema>;

/** A file of responses as the person's scope lets it be, and what it is called. */
export interface WantedResponses {
  readonly request: ResponsesRequest;
  /** Without its ending. */
  readonly fileName: string;
}

/** Reads all that a file says besides the responses. Whatever is asked for, only services of the scope are in it. */
export async function wantedResponses(
  deps: { readonly store: Store; readonly clock: Clock; readonly databaseUrl: string | null },
  scope: Scope,
  query: ResponsesQuery,
  format: ResponseFormat,
): Promise<WantedResponses> {
  const { store, clock } = deps;
  const visible = await visibleServices(store.db, scope);
  const { timeZone, isDemonstration } = placeOf(visible, clock);
  const services = visible.filter(
    ({ organisationId, serviceId }) => query.services?.includes(`${organisationId}/${serviceId}`) ?? true,
  );
  const channels = query.channels ?? CHANNELS;
  const { from, to } = daysOf(query);
  const mark = isDemonstration ? `${DEMONSTRATION}-` : '';
  return {
    fileName: `parvis-${mark}reponses-${from}-${to}`,
    request: {
      database: databaseOf(store, deps.databaseUrl),
      format,
      services,
      channels,
      from,
      to,
      isDemonstration,
      about: [
        ['Réponses', typeset(`du ${dayText(from)} au ${dayText(to)}`)],
        ['Voies', channels.map((channel) => channelText(channel)).join(', ')],
        ...aboutScope(
          services.map((service) => `${service.serviceName} (${service.organisationName})`),
          isDemonstration,
          { nowMs: clock.now(), timeZone },
        ),
        ['À lire avec', VOLUNTEERS],
        [
          'Intégrité',
          typeset(
            'Toutes les réponses sont là : la colonne « Dans les chiffres » dit lesquelles les écrans comptent, « Mise de côté » dit pourquoi une autre ne l’est pas.',
          ),
        ],
        [
          'Moment',
          typeset(
            'Jour et demi-journée : rien de plus fin n’est gardé. L’ordre des lignes d’une demi-journée est tiré au sort.',
          ),
        ],
        [
          'Textes',
          typeset(
            'Seuls sortent les textes qu’une personne a jugés publiables ; ce qu’elle a masqué est remplacé par une mention entre crochets.',
          ),
        ],
      ],
      ...(await readAsked(store, scope)),
    },
  };
}

function daysOf({ period, from, to }: ResponsesQuery): { readonly from: LocalDate; readonly to: LocalDate } {
  if (period === undefined) return { from: from ?? FIRST_DAY, to: to ?? LAST_DAY };
  const asked = periodOfText(period);
  return { from: firstDay(asked), to: lastDay(asked) };
}

function databaseOf(store: Store, databaseUrl: string | null): ResponsesRequest['database'] {
  if (store.file !== null) return { file: store.file };
  if (databaseUrl === null) throw new Error('The store has neither a file nor an address.');
  return { url: databaseUrl };
}

async function readAsked(
  { db }: Pick<Store, 'db'>,
  scope: Scope,
): Promise<Pick<ResponsesRequest, 'points' | 'versions'>> {
  const points = await db
    .selectFrom('points')
    .select(['organisation_id', 'point_id', 'name'])
    .where(inScope(scope, 'points'))
    .orderBy('point_id')
    .execute();
  const versions = await db
    .selectFrom('survey_versions')
    .innerJoin('surveys', (join) =>
      join
        .onRef('surveys.organisation_id', '=', 'survey_versions.organisation_id')
        .onRef('surveys.survey_id', '=', 'survey_versions.survey_id'),
    )
    .select(['survey_versions.organisation_id', 'surveys.name', 'content', 'published_at'])
    .where(inOrganisationsOf(scope, 'survey_versions'))
    .orderBy('survey_versions.organisation_id')
    .orderBy('survey_versions.survey_id')
    .orderBy('number')
    .execute();
  return {
    points: points.map((row) => ({
      organisationId: row.organisation_id,
      pointId: row.point_id,
      name: row.name,
    })),
    versions: versions.map((row) => ({
      organisationId: row.organisation_id,
      surveyName: row.name,
      publishedAt: row.published_at,
      version: JSON.parse(row.content) as SurveyVersion,
    })),
  };
}
