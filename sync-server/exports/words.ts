import type { Channel } from '../../domain/answers.ts';
import { DEFAULT_THRESHOLDS } from '../../domain/small-base.ts';
import { firstDay, lastDay, type Period } from '../../domain/periods.ts';
import { type LocalDate, weekYearAndNumber } from '../../domain/weeks.ts';
import type { Figure, ServiceScore } from '../../protocol/scores.ts';
import { periodOfText } from '../scores/framing.ts';

const MONTHS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];

/** A sentence as the French set it: no line may break before « : ; ? ! % » or inside quotation marks. */
export function typeset(text: string): string {
  return text.replaceAll(/ (?=[:;?!%»])|(?<=«) /g, '\u00a0');
}

/** « semaine 47 de 2026 », « novembre 2026 », « 4e trimestre 2026 », « année 2026 » */
export function periodName(text: string): string {
  const period = periodOfText(text);
  switch (period.kind) {
    case 'week': {
      const { year, number } = weekYearAndNumber(period.week);
      return `semaine ${number} de ${year}`;
    }
    case 'month':
      return `${MONTHS[Number(period.month.slice(5)) - 1] ?? ''} ${period.month.slice(0, 4)}`;
    case 'quarter': {
      const number = period.quarter.slice(6);
      return `${number}${number === '1' ? 'er' : 'e'} trimestre ${period.quarter.slice(0, 4)}`;
    }
    case 'year':
      return `année ${period.year}`;
  }
}

/** « semaine 47 de 2026, du 16/11/2026 au 22/11/2026 » */
export function periodWithDays(text: string): string {
  const period = periodOfText(text);
  return `${periodName(text)}, du ${dayText(firstDay(period))} au ${dayText(lastDay(period))}`;
}

export function dayText(day: LocalDate): string {
  return day.split('-').toReversed().join('/');
}

/** The part of a file's name that says its period: `semaine-2026-W47`. */
export function periodFileName(text: string): string {
  const kind: Readonly<Record<Period['kind'], string>> = {
    week: 'semaine',
    month: 'mois',
    quarter: 'trimestre',
    year: 'annee',
  };
  return `${kind[periodOfText(text).kind]}-${text}`;
}

/** Why cells of a figure are empty, or what to mind when they are not. */
export function disclosureText({ base, disclosure }: Figure): string {
  switch (disclosure) {
    case 'none':
      return 'aucune réponse exprimée';
    case 'hidden':
      return base < DEFAULT_THRESHOLDS.hiddenBelow
        ? typeset(`masqué : moins de ${DEFAULT_THRESHOLDS.hiddenBelow} réponses`)
        : typeset('masqué : le total laisserait deviner une partie masquée');
    case 'counts-only':
      return typeset('de 5 à 10 réponses : effectifs seuls');
    case 'small-base':
      return typeset('effectif faible : à ne pas comparer');
    case 'comparable':
      return '';
  }
}

export function verdictText({ verdict }: Figure): string | null {
  switch (verdict) {
    case 'reached':
      return 'atteint';
    case 'not-reached':
      return 'non atteint';
    case 'not-yet-demonstrated':
      return 'pas encore démontré';
    case null:
      return null;
  }
}

export function signalText(signal: ServiceScore['signal']): string {
  switch (signal.kind) {
    case 'signal':
      return signal.direction === 'up' ? typeset('signal : en hausse') : typeset('signal : en baisse');
    case 'no-signal':
      return 'pas de signal';
    case 'not-enough':
      return 'pas assez de réponses';
  }
}

export function statusText(status: ServiceScore['status']): string {
  return status === 'active' ? 'en activité' : 'en préparation';
}

/** By which way an answer came, or all of them. */
export function channelText(channel: Channel | null): string {
  const names: Readonly<Record<Channel, string>> = {
    tablet: 'tablette',
    phone: 'téléphone',
    paper: 'papier',
    web: 'site web',
  };
  return channel === null ? 'toutes' : names[channel];
}

/** In a name that says it and in a column that repeats it: nobody may take made-up figures for real ones. */
export const DEMONSTRATION = 'DEMONSTRATION';
export const VOLUNTEERS = 'Répondants volontaires, non représentatif de tous les usagers';
