import type { SetAsideReason } from '../../../domain/integrity.ts';
import { formatCount, formatShare } from '../format.ts';
import { t } from '../typography.ts';

const s = (count: number) => (count > 1 ? 's' : '');

const reasons: Readonly<Record<SetAsideReason, string>> = {
  burst: 'rafales',
  speeding: 'trop rapides',
  'straight-lining': 'même visage à la suite',
  alternation: 'deux visages en alternance',
  'closed-hours': 'hors horaires',
  'by-decision': 'par décision signée',
};

export const setAsideWords = {
  reasons,
  reason: (name: string, count: number) => t`${name} : ${formatCount(count)}`,
  line: (count: number, why: readonly string[]) =>
    t`${formatCount(count)} réponse${s(count)} signalée${s(count)} mise${s(count)} de côté (${why.join(', ')}).`,
  withThem: (count: number, share: number) =>
    t`Avec ${count > 1 ? 'elles' : 'elle'} : ${formatShare(share)}.`,
  title: 'Intégrité',
  lead: t`Réponses données en rafale, trop vite, toutes pareilles à la suite ou hors horaires : gardées telles quelles, mises de côté dans les chiffres. Une réponse peut avoir plusieurs motifs.`,
  none: 'Aucune réponse n’a été mise de côté sur ces 52 semaines.',
  caption: 'Réponses mises de côté par semaine, de la plus récente à la plus ancienne',
  week: 'Semaine',
  count: 'Mises de côté',
  why: 'Motifs',
  shareWith: 'Part de satisfaits avec elles',
  decide: 'Voir les deux chiffres et les décisions signées',
  notTold: 'trop peu pour le dire',
};
