import type { Decision } from '../../protocol/integrity.ts';
import type { ServiceDetail } from '../../protocol/scores.ts';
import { localMoment } from '../../domain/local-time.ts';
import { aboutFraming } from '../exports/about.ts';
import { briefFigureColumns, figureColumns } from '../exports/figure-columns.ts';
import { setAsideColumns } from '../exports/set-aside-columns.ts';
import { type Column, type Export, tableOf } from '../exports/table.ts';
import { channelText, DEMONSTRATION, periodFileName, typeset } from '../exports/words.ts';
import { decisionText, halfDayText } from './figure-texts.ts';
import type { Evidence, EvidenceService } from './read-evidence.ts';

type ItemRow = EvidenceService & { readonly item: ServiceDetail['items'][number] };
type ChannelRow = EvidenceService & { readonly channel: ServiceDetail['channels'][number] };
type OfService<Row> = Row & { readonly serviceName: string };
type VersionRow = OfService<EvidenceService['versions'][number]>;
type RevisionRow = OfService<ServiceDetail['revisions'][number]>;
type DecisionRow = OfService<Decision>;
type ActionRow = OfService<EvidenceService['actions'][number]>;

/** The evidence as sheets to compute with: the same figures as the document. */
export function evidenceTables({ framing, made, services }: Evidence): Export {
  const dayAt = (instant: string) => localMoment(Date.parse(instant), made.timeZone).date;
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
          text('Semaine', 'Close avant ce changement', ({ week }) => week),
          day('Révisée le', 'Jour d’arrivée, ou de la décision', ({ revisedOn }) => revisedOn),
          count('Réponses ajoutées', 'Arrivées ce jour-là', ({ addedResponses }) => addedResponses),
          count(
            'Remises par décision',
            'Signalées, remises ce jour-là',
            ({ includedResponses }) => includedResponses,
          ),
          count('Écartées par décision', 'Sorties ce jour-là', ({ excludedResponses }) => excludedResponses),
          share('Part avant (%)', 'Avant ce changement', ({ shareBefore }) => shareBefore),
          share('Part après (%)', 'Après ce changement', ({ shareAfter }) => shareAfter),
        ],
        services.flatMap(({ detail }) =>
          detail.revisions.map((revision) => ({ ...revision, serviceName: detail.service.serviceName })),
        ),
      ),
      tableOf<DecisionRow>(
        'Décisions',
        [
          text('Service', 'Accueil évalué', ({ serviceName }) => serviceName),
          text('Point d’accueil', 'Où les réponses ont été données', ({ pointName }) => pointName),
          day('Jour', 'Où les réponses ont été données', ({ date }) => date),
          text('Demi-journée', 'Vide quand la décision porte sur les deux', ({ halfDay }) =>
            halfDayText(halfDay),
          ),
          text('Décision', 'Écarter des chiffres, ou y remettre', ({ kind }) => decisionText(kind)),
          count('Réponses', 'Sur lesquelles porte la décision', ({ responses }) => responses),
          text('Motif', 'Écrit par qui décide', ({ reason }) => reason),
          text('Signée par', 'Qui', ({ signedBy }) => signedBy),
          day('Signée le', 'Quand', ({ signedAt }) => dayAt(signedAt)),
          text('Reprise par', 'Vide quand la décision tient', ({ takenBack }) => takenBack?.by ?? null),
          day('Reprise le', 'Quand', ({ takenBack }) => (takenBack === null ? null : dayAt(takenBack.at))),
          text('Motif de la reprise', 'Écrit par qui reprend', ({ takenBack }) => takenBack?.reason ?? null),
        ],
        services.flatMap(({ detail, decisions }) =>
          decisions.map((decision) => ({ ...decision, serviceName: detail.service.serviceName })),
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
