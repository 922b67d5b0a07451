import type { Figure, Overview, ServiceScore, SetAside } from '../../protocol/scores.ts';
import { briefFigureColumns, figureColumns } from './figure-columns.ts';
import { contextColumns, readingOfEnd } from './context-columns.ts';
import { setAsideColumns } from './set-aside-columns.ts';
import { type Column, type Export, tableOf } from './table.ts';
import { aboutFraming, type MadeAt, markColumn } from './about.ts';
import { DEMONSTRATION, periodFileName, periodName, signalText, statusText } from './words.ts';

/** A service's line, or the line of all of them together. */
interface Line {
  readonly service: ServiceScore | null;
  readonly responses: number;
  readonly setAside: SetAside;
  readonly figure: Figure;
  readonly rolling4: Figure;
  readonly rolling13: Figure;
}

/** The overview as it is on screen: a line a service, then the total. */
export function overviewExport(overview: Overview, made: MadeAt): Export {
  const lines: Line[] = [
    ...overview.services.map((service) => ({ ...service, service })),
    { ...overview.total, service: null },
  ];
  const mark = overview.isDemonstration ? `${DEMONSTRATION}-` : '';
  return {
    fileName: `parvis-${mark}${periodFileName(overview.period)}`,
    about: aboutFraming(
      overview,
      overview.services.map((service) => `${service.serviceName} (${service.organisationName})`),
      made,
    ),
    tables: [tableOf('Services', columnsOf(overview, lines), lines)],
  };
}

function columnsOf(overview: Overview, lines: readonly Line[]): readonly Column<Line>[] {
  return [
    text('Organisation', 'Qui répond de l’accueil', ({ service }) => service?.organisationName ?? 'Toutes'),
    text('Site', 'Où', ({ service }) => service?.siteName ?? 'Tous'),
    text('Service', 'Accueil évalué ; la dernière ligne réunit les services en activité', ({ service }) =>
      service === null ? 'Tous les services en activité' : service.serviceName,
    ),
    text('État', 'En activité ou en préparation', ({ service }) =>
      service === null ? null : statusText(service.status),
    ),
    text('Période', 'Période des chiffres', () => periodName(overview.period)),
    day('Du', 'Premier jour de la période', overview.firstDay),
    day('Au', 'Dernier jour de la période', overview.lastDay),
    {
      name: 'Réponses',
      kind: 'count',
      meaning:
        'Réponses reçues pour la période, quoi qu’elles contiennent ; essais et réponses mises de côté exclus',
      unit: 'réponses',
      measure: '',
      value: (line) => line.responses,
    },
    {
      name: 'Réponses par téléphone',
      kind: 'count',
      meaning: 'Parmi les réponses, celles données sur le téléphone du visiteur',
      unit: 'réponses',
      measure: '',
      value: ({ service }) => service?.phoneResponses ?? null,
    },
    ...figureColumns<Line>(
      (line) => line.figure,
      lines,
      lines.map((line) => line.service?.scaleId ?? null),
    ),
    {
      name: 'Objectif (%)',
      kind: 'share',
      meaning: 'Part de satisfaits visée',
      unit: '%',
      measure: 'share-satisfied',
      value: ({ service }) => service?.target ?? null,
    },
    text('Comparé à', 'Période de comparaison', () => periodName(overview.comparedPeriod)),
    {
      name: 'Réponses, période comparée',
      kind: 'count',
      meaning: 'Réponses reçues pour la période de comparaison',
      unit: 'réponses',
      measure: '',
      value: ({ service }) => service?.comparedResponses ?? null,
    },
    ...briefFigureColumns<Line>(
      'période comparée',
      'période de comparaison',
      ({ service }) => service?.compared ?? null,
    ),
    ...briefFigureColumns<Line>(
      '4 semaines',
      '4 semaines qui finissent avec la période',
      (line) => line.rolling4,
    ),
    ...briefFigureColumns<Line>(
      '13 semaines',
      '13 semaines qui finissent avec la période',
      (line) => line.rolling13,
    ),
    text('Signal', 'La période se distingue-t-elle des 13 semaines d’avant plus que par hasard ?', (line) =>
      line.service === null ? null : signalText(line.service.signal),
    ),
    {
      name: 'p du signal',
      kind: 'probability',
      meaning:
        'Probabilité que le hasard seul explique l’écart (test exact de Fisher, bilatéral) ; signal jusqu’à 0,01',
      unit: '0 à 1',
      measure: '',
      value: ({ service }) =>
        service === null || service.signal.kind === 'not-enough' ? null : service.signal.p,
    },
    {
      name: 'Suggestions à lire',
      kind: 'count',
      meaning: 'Suggestions de la période que personne n’a encore lues',
      unit: 'suggestions',
      measure: '',
      value: ({ service }) => service?.unreadVerbatims ?? null,
    },
    {
      name: 'Arrivées après la clôture',
      kind: 'count',
      meaning: 'Réponses de la dernière révision de la semaine, arrivées après sa clôture',
      unit: 'réponses',
      measure: '',
      value: ({ service }) => service?.revision?.addedResponses ?? null,
    },
    {
      name: 'Remises par décision après la clôture',
      kind: 'count',
      meaning: 'Réponses signalées, remises dans les chiffres à la dernière révision de la semaine',
      unit: 'réponses',
      measure: '',
      value: ({ service }) => service?.revision?.includedResponses ?? null,
    },
    {
      name: 'Écartées par décision après la clôture',
      kind: 'count',
      meaning: 'Réponses sorties des chiffres à la dernière révision de la semaine',
      unit: 'réponses',
      measure: '',
      value: ({ service }) => service?.revision?.excludedResponses ?? null,
    },
    ...contextColumns<Line>(({ service }) =>
      service === null
        ? null
        : { ...service, chart: service.chart === null ? null : readingOfEnd(service.chart) },
    ),
    ...setAsideColumns<Line>((line) => line.setAside),
    markColumn(overview.isDemonstration),
  ];
}

function text(name: string, meaning: string, value: Column<Line>['value']): Column<Line> {
  return { name, kind: 'text', meaning, unit: '', measure: '', value };
}

function day(name: string, meaning: string, date: string): Column<Line> {
  return { name, kind: 'day', meaning, unit: 'date locale', measure: '', value: () => date };
}
