import type { Channel } from '../../../domain/answers.ts';
import { NOT_APPLICABLE } from '../../../domain/scales.ts';
import type { Item, Option } from '../../../domain/survey.ts';
import { levelLabel, scaleOptions, THEMES_STEM } from '../../scores/labels.ts';
import { REASONS } from '../set-aside-columns.ts';
import { channelText, typeset } from '../words.ts';
import type { OpenedResponse } from './opened-response.ts';
import type { ResponsesRequest } from './request.ts';
import type { BlockOf } from './row-parts.ts';

/** Between the codes of an answer that has several. */
export const CODE_SEPARATOR = '|';

export type ResponseCell = string | number | null;

/** One column of a file of responses, as people read it and as programs do. */
export interface ResponseColumn {
  /** In files for programs. */
  readonly code: string;
  /** In files for people. */
  readonly heading: string;
  readonly meaning: string;
  readonly kind: 'text' | 'count' | 'day';
  /** Anything may stand in it: what a visitor wrote, or what is different in each row. The other texts are few, and written ready-made. */
  readonly isFree: boolean;
  /** Of a free one: letters, digits and hyphens alone, which no format writes in another way. */
  readonly isPlain: boolean;
  /** Which part of a response it says nothing but; null where it is different in each row. */
  readonly block: BlockOf<OpenedResponse>;
  readonly coded: (row: OpenedResponse) => ResponseCell;
  readonly worded: (row: OpenedResponse) => ResponseCell;
}

const WAYS: Readonly<Record<Channel, string>> = {
  tablet: channelText('tablet'),
  phone: channelText('phone'),
  paper: channelText('paper'),
  web: channelText('web'),
};

const MOMENT: BlockOf<OpenedResponse> = ({ moment }) => moment;
const CIRCUMSTANCES: BlockOf<OpenedResponse> = ({ circumstances }) => circumstances;
const ANSWERS: BlockOf<OpenedResponse> = ({ answers }) => answers;
const EACH_ROW: BlockOf<OpenedResponse> = null;
/** Of the columns beside the answers; the others tell circumstances, or the same of every row. */
const BLOCK_OF: Readonly<Record<string, BlockOf<OpenedResponse>>> = {
  response_id: EACH_ROW,
  local_date: MOMENT,
  half_day: MOMENT,
  duration_seconds: EACH_ROW,
  text: EACH_ROW,
};

/** The columns of a file: what is known of each response, then a column for each item that was ever asked, then the text. */
export function responseColumns(request: ResponsesRequest): readonly ResponseColumn[] {
  return [
    ...headColumns(request).map((column) => ({ ...column, block: blockOf(column) })),
    ...itemColumns(request).map((column) => ({ ...column, block: ANSWERS })),
    ...tailColumns(request).map((column) => ({ ...column, block: blockOf(column) })),
  ];
}

function blockOf({ code }: ResponseColumn): BlockOf<OpenedResponse> {
  return code in BLOCK_OF ? (BLOCK_OF[code] ?? null) : CIRCUMSTANCES;
}

function headColumns({ services, points, versions }: ResponsesRequest): readonly ResponseColumn[] {
  const serviceOf = new Map(services.map((one) => [`${one.organisationId}/${one.serviceId}`, one]));
  const service = ({ circumstances }: OpenedResponse) =>
    serviceOf.get(`${circumstances.organisation_id}/${circumstances.service_id}`);
  const pointOf = new Map(points.map((one) => [`${one.organisationId}/${one.pointId}`, one.name]));
  const versionOf = new Map(
    versions.map((one) => [`${one.organisationId}/${one.version.surveyVersionId}`, one]),
  );
  const version = ({ circumstances }: OpenedResponse) =>
    versionOf.get(`${circumstances.organisation_id}/${circumstances.survey_version_id}`);
  return [
    {
      ...free(
        'response_id',
        'Identifiant',
        'De la réponse ; il sert à l’effacer',
        ({ responseId }) => responseId,
      ),
      isPlain: true,
    },
    {
      ...same(
        'local_date',
        'Date',
        'Jour de la visite : rien de plus fin n’est gardé',
        ({ moment }) => moment.localDate,
      ),
      kind: 'day',
    },
    text(
      'half_day',
      'Demi-journée',
      'Matin jusqu’à midi, après-midi ensuite',
      ({ moment }) => moment.halfDay,
      ({ moment }) => (moment.halfDay === 'am' ? 'matin' : 'après-midi'),
    ),
    text(
      'organisation_id',
      'Organisation',
      'Qui répond de l’accueil',
      ({ circumstances }) => circumstances.organisation_id,
      (row) => service(row)?.organisationName ?? row.circumstances.organisation_id,
    ),
    same('site', 'Site', 'Où', (row) => service(row)?.siteName ?? null),
    text(
      'service_id',
      'Service',
      'Accueil évalué',
      ({ circumstances }) => circumstances.service_id,
      (row) => service(row)?.serviceName ?? row.circumstances.service_id,
    ),
    text(
      'point_id',
      'Point d’accueil',
      'Où se tient la tablette',
      ({ circumstances }) => circumstances.point_id,
      ({ circumstances }) =>
        pointOf.get(`${circumstances.organisation_id}/${circumstances.point_id}`) ?? circumstances.point_id,
    ),
    text(
      'channel',
      'Voie',
      'Par où la réponse est arrivée',
      ({ circumstances }) => circumstances.channel,
      ({ circumstances }) => WAYS[circumstances.channel as Channel],
    ),
    same(
      'language',
      'Langue',
      'Langue de l’écran, code RFC 5646',
      ({ circumstances }) => circumstances.language,
    ),
    text(
      'survey_version_id',
      'Questionnaire',
      'Lequel a été posé',
      ({ circumstances }) => circumstances.survey_version_id,
      (row) => version(row)?.surveyName ?? row.circumstances.survey_version_id,
    ),
    {
      ...same(
        'version',
        'Version',
        'Numéro de la version du questionnaire',
        (row) => version(row)?.version.number ?? null,
      ),
      kind: 'count',
    },
    text(
      'disposition',
      'Fin',
      'Complète quand le visiteur est allé jusqu’aux remerciements',
      ({ circumstances }) => circumstances.disposition,
      ({ circumstances }) => (circumstances.disposition === 'complete' ? 'complète' : 'interrompue'),
    ),
    {
      ...same(
        'duration_seconds',
        'Durée (s)',
        'Du premier au dernier toucher',
        ({ durationSeconds }) => durationSeconds,
      ),
      kind: 'count',
    },
    text(
      'in_figures',
      'Dans les chiffres',
      'Non pour un essai et pour une réponse mise de côté : les chiffres des écrans ne les comptent pas',
      (row) => (isInFigures(row) ? 'yes' : 'no'),
      (row) => (isInFigures(row) ? 'oui' : 'non'),
    ),
    text(
      'set_aside',
      'Mise de côté',
      'Motifs des règles d’intégrité, décision signée, ou « essai »',
      ({ circumstances }) =>
        [...(isTest(circumstances) ? ['test-mode'] : []), ...circumstances.reasons].join(CODE_SEPARATOR),
      ({ circumstances }) =>
        [
          ...(isTest(circumstances) ? ['essai'] : []),
          ...circumstances.reasons.map((reason) => REASONS[reason]),
        ].join(', '),
    ),
  ];
}

/** An item keeps its column whatever became of its wording; on another scale its codes are worded as that scale words them. */
function itemColumns({ versions }: ResponsesRequest): readonly ResponseColumn[] {
  const newestFirst = versions.toSorted((a, b) => b.version.number - a.version.number);
  const labels = new Map<string, ReadonlyMap<string, string>>();
  const items = new Map<string, Item>();
  for (const { organisationId, version } of newestFirst)
    for (const item of version.items) {
      const options = optionsOf(item);
      if (options === null) continue;
      labels.set(`${organisationId}/${version.surveyVersionId}/${item.itemId}`, options);
      if (!items.has(item.itemId)) items.set(item.itemId, item);
    }
  return [...items].map(([itemId, item]) => {
    const stem = item.kind === 'verbatim' ? THEMES_STEM : item.stem.fr;
    return text(
      `item_${itemId}`,
      `${stem} [${itemId}]`,
      'Réponse à la question ; vide quand elle n’a pas été posée ou pas donnée',
      ({ answers }) => {
        const given = answers.given[itemId];
        return given === undefined ? null : typeof given === 'string' ? given : given.join(CODE_SEPARATOR);
      },
      ({ circumstances, answers }) => {
        const given = answers.given[itemId];
        if (given === undefined) return null;
        const known = labels.get(
          `${circumstances.organisation_id}/${circumstances.survey_version_id}/${itemId}`,
        );
        return typeof given === 'string'
          ? (known?.get(given) ?? given)
          : given.map((code) => known?.get(code) ?? code).join(', ');
      },
    );
  });
}

function tailColumns({ isDemonstration }: ResponsesRequest): readonly ResponseColumn[] {
  return [
    free(
      'text',
      'Suggestion',
      'Ce que le visiteur a écrit ; vide quand il n’a rien écrit, ou que personne ne l’a jugé publiable',
      (row) => row.text,
    ),
    text(
      'is_demonstration',
      'Démonstration',
      '« DEMONSTRATION » quand les données sont inventées',
      () => (isDemonstration ? 'yes' : 'no'),
      () => (isDemonstration ? 'DEMONSTRATION' : 'non'),
    ),
  ];
}

/** What an item's codes are called in French; null for an item that has none. */
export function optionsOf(item: Item): ReadonlyMap<string, string> | null {
  switch (item.kind) {
    case 'rating':
      return new Map([
        ...scaleOptions(item.scaleId).map(({ code, label }) => [code, label] as const),
        [NOT_APPLICABLE, levelLabel(item.scaleId, NOT_APPLICABLE)] as const,
      ]);
    case 'choice':
      return labelsOf(item.options);
    case 'verbatim':
      return item.themes === undefined ? null : labelsOf(item.themes);
  }
}

function labelsOf(options: readonly Option[]): ReadonlyMap<string, string> {
  return new Map(options.map(({ code, label }) => [code, label.fr]));
}

function isInFigures({ circumstances }: OpenedResponse): boolean {
  return !isTest(circumstances) && circumstances.reasons.length === 0;
}

function isTest(circumstances: OpenedResponse['circumstances']): boolean {
  return circumstances.is_counted !== '1';
}

function text(
  code: string,
  heading: string,
  meaning: string,
  coded: ResponseColumn['coded'],
  worded: ResponseColumn['worded'],
): ResponseColumn {
  return {
    code,
    heading: typeset(heading),
    meaning: typeset(meaning),
    kind: 'text',
    isFree: false,
    isPlain: false,
    block: null,
    coded,
    worded,
  };
}

function same(
  code: string,
  heading: string,
  meaning: string,
  value: ResponseColumn['coded'],
): ResponseColumn {
  return text(code, heading, meaning, value, value);
}

function free(
  code: string,
  heading: string,
  meaning: string,
  value: ResponseColumn['coded'],
): ResponseColumn {
  return { ...same(code, heading, meaning, value), isFree: true };
}
