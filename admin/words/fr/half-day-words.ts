import { formatCount, formatShare } from '../format.ts';
import { t } from '../typography.ts';

const days = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const;

export const halfDayWords = {
  heading: 'Les demi-journées de la semaine',
  days,
  halves: { am: 'matin', pm: 'après-midi' },
  place: (weekday: number, half: string) => `${days[weekday - 1] ?? ''} ${half}`,
  lead: (from: string, to: string) =>
    t`Question globale, réponses du ${from} au ${to}, à l’heure du site. Matin jusqu’à midi.`,
  base: (count: number) => t`Base : ${formatCount(count)}.`,
  weeks13: t`Une semaine seule en dit trop peu : ce sont les 13 semaines qui finissent avec elle.`,
  spread: (lowest: string, low: number, highest: string, high: number, isShown: boolean) =>
    t`Du plus bas, ${lowest} (${formatShare(low)}), au plus haut, ${highest} (${formatShare(high)}) : ${
      isShown ? 'l’écart est démontré.' : 'l’écart n’est pas démontré.'
    }`,
  cannotCompare: t`Trop peu de réponses pour comparer : il en faut 30 dans deux demi-journées.`,
  none: 'Aucune réponse dans ces jours.',
  caption: 'Part de satisfaits par jour de semaine et demi-journée',
  day: 'Jour',
  half: 'Demi-journée',
  noAnswer: 'aucune',
  masked: 'masqué',
  countsOnly: 'effectif seul',
  bands: {
    reached: 'objectif atteint ou dépassé',
    near: 'moins de 5 points sous l’objectif',
    below: '5 points ou plus sous l’objectif',
    untold: 'part non donnée',
  },
  legend: t`Couleur : la part face à l’objectif. Le chiffre et la base sont dans chaque case.`,
  heldBack: t`Une demi-journée est masquée sous 5 réponses, et aussi quand la part de la période la laisserait deviner.`,
  table: 'Chaque demi-journée en tableau',
  tableCaption: 'Chaque demi-journée, avec sa base et son intervalle',
};
