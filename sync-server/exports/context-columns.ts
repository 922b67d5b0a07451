import type { ChartEnd, ControlPoint, ServiceScore } from '../../protocol/scores.ts';
import type { Column } from './table.ts';
import { typeset } from './words.ts';

/** Where a point stands on the control chart, as a file tells it. */
export interface ChartReading {
  readonly told: string;
  readonly low: number;
  readonly high: number;
}

/** What is known beside a figure; null where it is not. */
export interface FigureContext extends Pick<ServiceScore, 'coverage' | 'participation'> {
  readonly chart: ChartReading | null;
}

/** The point that a chart ends with, and what the chart says of it. */
export function readingOfEnd({ finding, last }: ChartEnd): ChartReading {
  return { told: findingText(finding), low: last.low, high: last.high };
}

/** Any point of it, by itself. */
export function readingOfPoint({ place, isInRun, low, high }: ControlPoint): ChartReading {
  const told = { inside: INSIDE, above: ABOVE, below: BELOW }[place];
  return { told: place === 'inside' && isInRun ? 'dans une série du même côté' : told, low, high };
}

const INSIDE = 'dans les limites';
const ABOVE = 'au-dessus des limites';
const BELOW = 'en dessous des limites';

/** What stands beside a service's figure on the page: whether its last week strays, how much was covered, how many of those who came answered. */
export function contextColumns<Row>(contextOf: (row: Row) => FigureContext | null): readonly Column<Row>[] {
  const share = (name: string, meaning: string, value: Column<Row>['value']): Column<Row> => ({
    name,
    kind: 'share',
    meaning: typeset(meaning),
    unit: '%',
    measure: '',
    value,
  });
  return [
    {
      name: 'Carte de contrôle',
      kind: 'text',
      meaning:
        'Où se place la dernière semaine dont la part peut être dite, par rapport à ses limites habituelles',
      unit: '',
      measure: 'share-satisfied',
      value: (row) => contextOf(row)?.chart?.told ?? null,
    },
    share('Limite habituelle basse (%)', 'De cette semaine', (row) => contextOf(row)?.chart?.low ?? null),
    share('Limite habituelle haute (%)', 'De cette semaine', (row) => contextOf(row)?.chart?.high ?? null),
    share('Couverture (%)', 'Heures où la tablette a donné signe de vie sur heures d’ouverture', (row) => {
      const coverage = contextOf(row)?.coverage ?? null;
      return coverage === null ? null : coverage.aliveMinutes / coverage.openMinutes;
    }),
    {
      name: 'Visiteurs comptés',
      kind: 'count',
      meaning: 'Vide quand personne n’a compté',
      unit: 'visiteurs',
      measure: '',
      value: (row) => contextOf(row)?.participation?.visitors ?? null,
    },
    share('Participation (%)', 'Réponses sur visiteurs, des jours comptés ; vide au-delà de 100 %', (row) => {
      const participation = contextOf(row)?.participation ?? null;
      if (participation === null || participation.responses > participation.visitors) return null;
      return participation.responses / participation.visitors;
    }),
  ];
}

function findingText(finding: ChartEnd['finding']): string {
  switch (finding.kind) {
    case 'stable':
      return INSIDE;
    case 'outside':
      return finding.direction === 'up' ? ABOVE : BELOW;
    case 'run':
      return typeset(
        finding.direction === 'up'
          ? `série de ${finding.length} au-dessus`
          : `série de ${finding.length} en dessous`,
      );
  }
}
