import { formatCount, formatTarget } from '../format.ts';
import { t } from '../typography.ts';

const s = (count: number) => (count > 1 ? 's' : '');

/** « 9 h », « 9 h 30 », from `09:30`. */
const hour = (time: string) => {
  const [hours = '', minutes = ''] = time.split(':');
  return minutes === '00' ? `${Number(hours)}\u00a0h` : `${Number(hours)}\u00a0h\u00a0${minutes}`;
};

/** « 43 h », « 43 h 15 », from minutes. */
const duration = (minutes: number) => {
  const rest = Math.round(minutes) % 60;
  const hours = formatCount(Math.floor(Math.round(minutes) / 60));
  return rest === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h\u00a0${String(rest).padStart(2, '0')}`;
};

export const coverageWords = {
  line: (aliveMinutes: number, openMinutes: number) =>
    t`Couverture : tablette en marche ${formatTarget(aliveMinutes / openMinutes)} des heures d’ouverture (${duration(aliveMinutes)} sur ${duration(openMinutes)})`,
  measuredFrom: (day: string) => t`Mesurée depuis le ${day}.`,
  gap: (day: string, from: string, to: string) =>
    t`${day}, ${hour(from)}–${hour(to)} : éteinte ou hors réseau`,
  wholeDay: (day: string) => t`${day}, toute la journée : éteinte ou hors réseau`,
  atPoint: (gap: string, point: string) => `${gap} (${point})`,
  otherGaps: (count: number) => `et ${formatCount(count)} autre${s(count)} interruption${s(count)}`,
  note: t`Une tablette donne un signe de vie par minute. Sans réseau elle garde les réponses, et sa marche n’est pas vue.`,
};
