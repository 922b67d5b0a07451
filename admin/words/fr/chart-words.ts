import { formatCount, formatShare, formatShareNumber } from '../format.ts';
import { t } from '../typography.ts';

const stands = (place: string, isOne: boolean) => (isOne ? `la ${place} est` : `les ${place} sont`);
const their = (isOne: boolean) => (isOne ? 'ses' : 'leurs');
const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What the control chart says; a place is « semaine 47 », or « semaines 44 à 47 » where four weeks make a point. */
export const chartWords = {
  stable: (place: string, isOne: boolean) =>
    t`Pas de signal : ${stands(place, isOne)} dans ${their(isOne)} limites habituelles.`,
  outside: {
    up: (place: string, isOne: boolean) =>
      t`Signal : ${stands(place, isOne)} au-dessus de ${their(isOne)} limites habituelles.`,
    down: (place: string, isOne: boolean) =>
      t`Signal : ${stands(place, isOne)} en dessous de ${their(isOne)} limites habituelles.`,
  },
  run: {
    up: (span: string, centre: number) =>
      t`Signal : ${span} de suite au-dessus de l’habitude (${formatShare(centre)}).`,
    down: (span: string, centre: number) =>
      t`Signal : ${span} de suite en dessous de l’habitude (${formatShare(centre)}).`,
  },
  notEnough: 'Pas assez de réponses pour savoir ce qui est habituel.',
  weeks: (count: number) => `${formatCount(count)} semaines`,
  fourWeeks: (count: number) => `${formatCount(count)} fois 4 semaines`,
  places: (first: string, last: string) => `semaines ${first} à ${last}`,
  detail: (share: number, base: number, low: number, high: number) =>
    t`${formatShare(share)} (base ${formatCount(base)}), habituellement de ${formatShareNumber(low)} à ${formatShare(high)} sur cette base.`,
  others: (places: readonly string[]) =>
    places.length === 1
      ? t`Aussi hors limites sur ces 52 semaines : ${places.join('')}.`
      : t`Aussi hors limites sur ces 52 semaines : ${places.slice(0, -1).join(', ')} et ${places.at(-1) ?? ''}.`,
  card: (place: string, low: number, high: number) =>
    t`${capitalised(place)}, limites habituelles : ${formatShareNumber(low)}–${formatShare(high)}`,
  byFour: t`Trop peu de réponses par semaine : chaque point réunit 4 semaines.`,
  legend: {
    limits: 'Limites habituelles',
    centre: (share: number) => t`Habitude : ${formatShare(share)}`,
    outside: 'Hors limites',
    run: 'Série du même côté',
  },
  limitsColumn: 'Limites habituelles',
  placeColumn: 'Lecture',
  place: { inside: 'dans les limites', above: 'au-dessus', below: 'en dessous' },
  inRun: 'série',
  note: t`Limites habituelles : ce que le hasard seul laisse attendre d’une semaine de cette base. Sans changement réel, une semaine sur plusieurs centaines en sort.`,
};
