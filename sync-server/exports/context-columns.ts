import type { ServiceScore } from '../../protocol/scores.ts';
import type { Column } from './table.ts';
import { typeset } from './words.ts';

type Context = Pick<ServiceScore, 'chart' | 'coverage' | 'participation'>;

/** What stands beside a service's figure on the page: whether its last week strays, how much was covered, how many of those who came answered. */
export function contextColumns<Row>(contextOf: (row: Row) => Context | null): readonly Column<Row>[] {
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
      value: (row) => findingText(contextOf(row)?.chart ?? null),
    },
    share(
      'Limite habituelle basse (%)',
      'De cette semaine',
      (row) => contextOf(row)?.chart?.last.low ?? null,
    ),
    share(
      'Limite habituelle haute (%)',
      'De cette semaine',
      (row) => contextOf(row)?.chart?.last.high ?? null,
    ),
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

function findingText(chart: Context['chart']): string | null {
  switch (chart?.finding.kind) {
    case 'stable':
      return 'dans les limites';
    case 'outside':
      return chart.finding.direction === 'up' ? 'au-dessus des limites' : 'en dessous des limites';
    case 'run':
      return typeset(
        chart.finding.direction === 'up'
          ? `série de ${chart.finding.length} au-dessus`
          : `série de ${chart.finding.length} en dessous`,
      );
    case undefined:
      return null;
  }
}
