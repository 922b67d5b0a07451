import type { ServiceDetail } from '../../protocol/scores.ts';
import { aboutFraming } from '../exports/about.ts';
import { briefFigureColumns, figureColumns } from '../exports/figure-columns.ts';
import { setAsideColumns } from '../exports/set-aside-columns.ts';
import { type Column, type Export, tableOf } from '../exports/table.ts';
import { channelText, DEMONSTRATION, periodFileName, typeset } from '../exports/words.ts';
import type { Evidence, EvidenceService } from './read-evidence.ts';

type ItemRow = EvidenceService & { readonly item: ServiceDetail['items'][number] };
type ChannelRow = EvidenceService & { readonly channel: ServiceDetail['channels'][number] };
type OfService<Row> = Row & { readonly serviceName: string };
type VersionRow = OfService<EvidenceService['versions'][number]>;
type RevisionRow = OfService<ServiceDetail['revisions'][number]>;
type ActionRow = OfService<EvidenceService['actions'][number]>;

/** The evidence as sheets to compute with: the same figures as the document. */
export function evidenceTables({ framing, made, services }: Evidence): Export {
  const items = services.flatMap((service): ItemRow[] =>
    service.detail.items.map((item) => ({ ...service, item })),
  );
  const channels = services.flatMap((service): ChannelRow[] =>
    service.detail.channels.map((channel) => ({ ...service, channel })),
  );
  return {
    fileName: evidenceFileName(framing),
    about: aboutFraming(
      framing,
      services.map(({ detail }) => `${detail.service.serviceName} (${detail.service.organisationName})`),
      made,
    ),
    tables: [
      tableOf<ItemRow>(
        'Questions',
        [
          ...placeColumns<ItemRow>(),
          text('Question', 'Intitulé français de la dernière version posée', ({ item }) => item.stem),
          text('Identifiant', 'De la question', ({ item }) => item.itemId),
          text('Globale', 'Question posée d’abord, et à tous', ({ item }) => (item.isGlobal ? 'oui' : 'non')),
          share('Objectif (%)', 'Part de satisfaits visée', ({ detail }) => detail.service.target),
          ...figureColumns<ItemRow>(
            ({ item }) => item.figure,
            items,
            items.map(({ item }) => item.scaleId),
          ),
          ...briefFigureColumns<ItemRow>(
            'un an avant',
            'même période de l’année d’avant',
            ({ item }) => item.compared,
          ),
        ],
        items,
      ),
      tableOf<EvidenceService>(
        'Services',
        [
          ...placeColumns<EvidenceService>(),
          count('Réponses', 'Reçues pour la période', ({ detail }) => detail.responses),
          count(
            'Réponses, un an avant',
            'Même période de l’année d’avant',
            ({ detail }) => detail.comparedResponses,
          ),
          count(
            'Minutes d’ouverture',
            'Couverture : horaires du point d’accueil',
            ({ detail }) => detail.coverage?.openMinutes ?? null,
          ),
          count(
            'Minutes avec tablette',
            'Couverture : une tablette a donné signe de vie',
            ({ detail }) => detail.coverage?.aliveMinutes ?? null,
          ),
          ...setAsideColumns<EvidenceService>(({ detail }) => detail.setAside),
        ],
        services,
      ),
      tableOf<ChannelRow>(
        'Voies',
        [
          ...placeColumns<ChannelRow>(),
          text('Voie', 'Par où les réponses sont arrivées', ({ channel }) => channelText(channel.channel)),
          count('Réponses', 'Arrivées par cette voie', ({ channel }) => channel.responses),
          ...briefFigureColumns<ChannelRow>(
            'de la voie',
            'arrivées par cette voie',
            ({ channel }) => channel.figure,
          ),
        ],
        channels,
      ),
      tableOf<VersionRow>(
        'Questionnaires',
        [
          text('Service', 'Accueil évalué', ({ serviceName }) => serviceName),
          text('Questionnaire', 'Lequel', ({ surveyName }) => surveyName),
          count('Version', 'Son numéro', ({ number }) => number),
          day('Depuis le', 'Publication de la version', ({ publishedOn }) => publishedOn),
        ],
        services.flatMap(({ detail, versions }) =>
          versions.map((version) => ({ ...version, serviceName: detail.service.serviceName })),
        ),
      ),
      tableOf<RevisionRow>(
        'Révisions',
        [
          text('Service', 'Accueil évalué', ({ serviceName }) => serviceName),
          text('Semaine', 'Close avant l’arrivée', ({ week }) => week),
          day('Révisée le', 'Jour d’arrivée', ({ revisedOn }) => revisedOn),
          count('Réponses ajoutées', 'Arrivées ce jour-là', ({ addedResponses }) => addedResponses),
          share('Part avant (%)', 'Avant cette arrivée', ({ shareBefore }) => shareBefore),
          share('Part après (%)', 'Après cette arrivée', ({ shareAfter }) => shareAfter),
        ],
        services.flatMap(({ detail }) =>
          detail.revisions.map((revision) => ({ ...revision, serviceName: detail.service.serviceName })),
        ),
      ),
      tableOf<ActionRow>(
        'Actions',
        [
          text('Service', 'Accueil évalué', ({ serviceName }) => serviceName),
          day('Depuis le', 'Premier jour d’affichage', ({ shownFrom }) => shownFrom),
          text('Vous avez dit', 'Ce que des visiteurs ont dit', ({ said }) => said),
          text('Nous avons fait', 'Ce qui a été fait', ({ done }) => done),
        ],
        services.flatMap(({ detail, actions }) =>
          actions.map((action) => ({ ...action, serviceName: detail.service.serviceName })),
        ),
      ),
    ],
  };
}

/** Without its ending. */
export function evidenceFileName({ period, isDemonstration }: Evidence['framing']): string {
  return `parvis-${isDemonstration ? `${DEMONSTRATION}-` : ''}preuves-${periodFileName(period)}`;
}

function placeColumns<Row extends EvidenceService>(): readonly Column<Row>[] {
  return [
    text('Organisation', 'Qui répond de l’accueil', ({ detail }) => detail.service.organisationName),
    text('Site', 'Où', ({ siteName }) => siteName),
    text('Service', 'Accueil évalué', ({ detail }) => detail.service.serviceName),
  ];
}

function text<Row>(name: string, meaning: string, value: Column<Row>['value']): Column<Row> {
  return { name, kind: 'text', meaning: typeset(meaning), unit: '', measure: '', value };
}

function count<Row>(name: string, meaning: string, value: Column<Row>['value']): Column<Row> {
  return { ...text(name, meaning, value), kind: 'count' };
}

function share<Row>(name: string, meaning: string, value: Column<Row>['value']): Column<Row> {
  return { ...text(name, meaning, value), kind: 'share', unit: '%', measure: 'share-satisfied' };
}

function day<Row>(name: string, meaning: string, value: Column<Row>['value']): Column<Row> {
  return { ...text(name, meaning, value), kind: 'day', unit: 'date locale' };
}
