import type { ComparedBy } from '../../../protocol/comparison.ts';
import { formatShare } from '../format.ts';
import { t } from '../typography.ts';

const by: Readonly<Record<ComparedBy, string>> = {
  services: 'Services',
  sites: 'Sites',
  items: 'Questions',
  periods: 'Périodes',
};

export const comparisonWords = {
  heading: 'Comparer',
  lead: t`Côte à côte, sur la même échelle : la part de satisfaits, avec sa base et son intervalle.`,
  by,
  byLabel: 'Ce que l’on compare',
  service: 'Service',
  spread: (highest: string, high: number, lowest: string, low: number, isShown: boolean) =>
    isShown
      ? t`Du plus bas, ${lowest} (${formatShare(low)}), au plus haut, ${highest} (${formatShare(high)}) : l’écart est démontré.`
      : t`Du plus bas, ${lowest} (${formatShare(low)}), au plus haut, ${highest} (${formatShare(high)}) : l’écart n’est pas démontré.`,
  cannotCompare: t`Trop peu de réponses pour comparer : il en faut 30 de part et d’autre.`,
  before: (period: string, figure: string) => t`En ${period} : ${figure}`,
  year: t`Les courbes vont sur un an, un point pour 4 semaines ; le trait pointillé est l’objectif.`,
  table: 'Les mêmes chiffres en tableau',
  caption: (what: string, period: string) => t`Comparaison : ${what.toLowerCase()}, ${period}`,
  quoted: (question: string) => t`« ${question} »`,
  suppressed: t`Un site est masqué quand son chiffre laisserait deviner celui d’un service à trop faible effectif.`,
  empty: 'Rien à comparer pour cette période.',
  verdict: 'Objectif',
};
