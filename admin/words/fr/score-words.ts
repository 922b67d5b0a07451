import type { Channel } from '../../../domain/answers.ts';
import type { MeasureId } from '../../../domain/measures.ts';
import { formatCount, formatShare, formatShareNumber, formatSigned, formatTarget } from '../format.ts';
import { t } from '../typography.ts';
import { chartWords } from './chart-words.ts';
import { coverageWords } from './coverage-words.ts';
import { setAsideWords } from './set-aside-words.ts';

const s = (count: number) => (count > 1 ? 's' : '');
const answers = (count: number) => `${formatCount(count)} réponse${s(count)}`;

const measures: Readonly<Record<MeasureId, string>> = {
  'share-satisfied': 'Part de satisfaits',
  'net-satisfaction': 'Satisfaction nette',
  'mean-out-of-ten': 'Moyenne sur 10',
  'happy-index': 'Indice de satisfaction sur 100',
  'net-promoter-score': 'NPS',
};

const measureHints: Readonly<Record<MeasureId, string>> = {
  'share-satisfied': t`réponses « très » et « plutôt satisfait » sur les réponses exprimées ; la mesure de l’audit`,
  'net-satisfaction': 'part de satisfaits moins part d’insatisfaits, en points',
  'mean-out-of-ten': t`moyenne des niveaux posés de 0 à 10, comme « Je donne mon avis »`,
  'happy-index': 'moyenne des niveaux posés de 0 à 100',
  'net-promoter-score': 'promoteurs (9–10) moins détracteurs (0–6), de −100 à 100',
};

/** What changed a closed week on a day. */
interface WeekChange {
  readonly addedResponses: number;
  readonly includedResponses: number;
  readonly excludedResponses: number;
}

function changeText({ addedResponses, includedResponses, excludedResponses }: WeekChange): string {
  const counted = (sign: string, count: number, done: string) =>
    `${sign}${formatCount(count)} réponse${s(count)} ${done}${s(count)}`;
  return [
    ...(addedResponses === 0 ? [] : [counted('+', addedResponses, 'reçue')]),
    ...(includedResponses === 0 ? [] : [`${counted('+', includedResponses, 'remise')} par décision`]),
    ...(excludedResponses === 0 ? [] : [`${counted('−', excludedResponses, 'écartée')} par décision`]),
  ].join(', ');
}

export const scoreWords = {
  measures,
  measureHints,
  measure: 'Mesure',
  answers,
  volunteers: t`Répondants volontaires : ces chiffres ne sont pas représentatifs de tous les usagers.`,
  intervalNote: t`La barre montre l’intervalle de confiance à 95 %, le trait pointillé l’objectif.`,
  signalNote: t`Signal : la période se distingue des 13 semaines d’avant plus que le hasard ne l’explique. Sans changement réel, il y en a au plus un en deux ans de lecture.`,
  base: (base: number) => `base ${formatCount(base)}`,
  onBase: (base: number) => `sur ${answers(base)}`,
  interval: (low: number, high: number) => t`${formatShareNumber(low)}–${formatShareNumber(high)} %`,
  intervalSpoken: (low: number, high: number) =>
    t`intervalle à 95 % : de ${formatShareNumber(low)} à ${formatShareNumber(high)} %`,
  target: (target: number) => t`objectif ${formatTarget(target)}`,
  verdict: {
    reached: 'atteint',
    'not-reached': 'non atteint',
    'not-yet-demonstrated': 'pas encore démontré',
  },
  verdictOver: (label: string) => `sur ${label}`,
  against: (count: string, period: string) => `, contre ${count} (${period})`,
  verdictSentence: (target: number) => t`Objectif ${formatTarget(target)} :`,
  disclosure: {
    none: 'aucune réponse exprimée',
    hidden: (base: number) => t`${answers(base)} : trop peu, chiffre masqué`,
    suppressed: 'chiffre masqué',
    countsOnly: (satisfied: number, dissatisfied: number) =>
      t`${formatCount(satisfied)} satisfait${s(satisfied)}, ${formatCount(dissatisfied)} insatisfait${s(dissatisfied)}`,
    countsOnlyPlain: (base: number) => t`${answers(base)} : trop peu pour un pourcentage`,
    smallBase: 'effectif faible',
    noVerdict: t`pas de verdict sous 30 réponses`,
  },
  setAside: setAsideWords,
  chart: chartWords,
  coverage: coverageWords,
  signal: {
    up: t`Signal : en hausse`,
    down: t`Signal : en baisse`,
    none: 'Pas de signal',
    notEnough: 'Trop peu de réponses pour le dire',
  },
  revision: (change: WeekChange) => `${changeText(change)} après la clôture`,
  change: changeText,
  closed: {
    frozen: (figure: string) => t`Publié à la clôture : ${figure}.`,
    added: (change: WeekChange, day: string) => `${changeText(change)} le ${day}`,
    now: (figure: string) => t` : ${figure} aujourd’hui.`,
  },
  revisionShares: (before: number, after: number) =>
    `${formatShareNumber(before)}\u00a0→\u00a0${formatShare(after)}`,
  revisionBases: (before: number, after: number) =>
    `base ${formatCount(before)}\u00a0→\u00a0${formatCount(after)}`,
  overview: {
    rolling4: '4 semaines',
    rolling13: '13 semaines',
    rolling4Long: 'Les 4 semaines qui finissent avec cette période',
    rolling13Long: 'Les 13 semaines qui finissent avec cette période',
    tableLabel: (service: string) => t`Part de satisfaits, ${service}`,
    periodColumn: 'Période',
    baseColumn: 'Base',
    intervalColumn: t`Intervalle à 95 %`,
    against: (count: string, period: string) => `contre ${count} (${period})`,
    total: 'Tous les services',
    totalNote: 'Services en activité, ensemble',
    totalHidden: t`Le total est masqué : il laisserait deviner le chiffre d’un service à trop faible effectif.`,
    inPreparation: 'En préparation',
    toRead: (count: number) => `${formatCount(count)} suggestion${s(count)} à lire`,
    nothingToRead: 'Rien à lire',
    noTablet: 'Pas encore de tablette',
    addTablet: 'Ajouter une tablette',
    tabletSeen: (name: string, ago: string) => t`${name} : vue ${ago}`,
    tabletSilent: (name: string, since: string) => t`${name} : muette depuis ${since}`,
    tabletNeverSeen: (name: string) => t`${name} : pas encore de signe de vie`,
    tabletWaiting: (count: number) => `${formatCount(count)} en attente d’envoi`,
    toDo: 'À faire',
    services: 'Services',
  },
  finding: {
    noTablet: 'Aucune tablette n’est encore installée.',
    noAnswer: (thisPeriod: string) => t`Aucune réponse ${thisPeriod}.`,
    nothingChanged: 'Rien n’a changé.',
    cannotTell: 'Trop peu de réponses pour dire si quelque chose a changé.',
    oneUp: (service: string) => t`Un service a changé : ${service} est en hausse.`,
    oneDown: (service: string) => t`Un service a changé : ${service} est en baisse.`,
    severalChanged: (count: number) => `${count} services ont changé.`,
    ups: (names: string) => t`En hausse : ${names}.`,
    downs: (names: string) => t`En baisse : ${names}.`,
    belowTarget: (names: readonly string[]) => t`Objectif non atteint : ${names.join(', ')}`,
    toRead: (count: number) => `${formatCount(count)} suggestion${s(count)} à lire`,
    silent: (count: number, since: string) =>
      count === 1
        ? t`1 tablette muette depuis ${since}`
        : t`${count} tablettes muettes, la première depuis ${since}`,
    silentNever: (count: number) =>
      count === 1 ? '1 tablette sans signe de vie' : `${count} tablettes sans signe de vie`,
    revised: (count: number) =>
      count === 1 ? '1 service révisé après la clôture' : `${count} services révisés après la clôture`,
    inThePeriod: 'sur cette période',
  },
  empty: {
    noTablet: t`Cette page se remplira dès la première réponse. Il faut d’abord une tablette à l’accueil.`,
    noAnswer: t`Aucune réponse n’est arrivée pour cette période. Voici à quoi cela peut tenir :`,
    reasons: [
      t`l’accueil était fermé ;`,
      t`une tablette est éteinte, ou muette : la page Tablettes le dit ;`,
      'des réponses attendent encore sur une tablette hors réseau.',
    ],
    seeTablets: 'Voir les tablettes',
    seeBefore: (period: string) => `Voir la période précédente (${period})`,
  },
  service: {
    back: 'Tous les services',
    items: 'Question par question',
    itemsLead: (measure: string) => t`Mesure affichée : ${measure}.`,
    globalItem: 'question globale',
    levels: 'Répartition',
    level: 'Réponse',
    count: 'Nombre',
    share: 'Part',
    outsideBase: 'hors base',
    sharesHidden: t`Parts non calculées : trop peu de réponses.`,
    distributionCaption: (stem: string) => t`Répartition des réponses : ${stem}`,
    comparedWith: (period: string) => t`En ${period} :`,
    trend: 'Tendance sur 52 semaines',
    trendItem: 'Question suivie',
    showItem: 'Afficher',
    trendCaption: (measure: string, stem: string) => t`${measure} par semaine : ${stem}`,
    trendTable: 'Les mêmes chiffres en tableau',
    trendImage: (finding: string) =>
      t`Courbe sur 52 semaines. ${finding} Les chiffres sont dans le tableau qui suit.`,
    week: 'Semaine',
    days: 'Jours',
    answersColumn: 'Réponses',
    rolling13Column: '13 semaines glissantes',
    weekly: 'Semaine (effectif suffisant)',
    rolling13: '13 semaines glissantes',
    band: t`Intervalle à 95 %`,
    marked: 'Date marquée (élection, fermeture…)',
    targetLine: (target: string) => t`Objectif ${target}`,
    revisions: 'Révisions',
    revisionsLead: t`Ce qui a changé une semaine après sa clôture : réponses gardées hors réseau par une tablette, décisions signées.`,
    revisionsCaption: 'Semaines révisées, de la plus récente à la plus ancienne',
    revisedOn: 'Révisée le',
    added: 'Changement',
    sharesColumn: 'Part de satisfaits',
    noRevision: 'Aucune semaine n’a changé après sa clôture.',
    verbatims: 'Lire les suggestions de ce service',
  },
  channels: {
    heading: 'Par où les réponses sont arrivées',
    label: 'Voie',
    all: 'Toutes',
    names: {
      tablet: 'Tablette',
      phone: 'Téléphone',
      paper: 'Papier',
      web: 'Site web',
    } satisfies Record<Channel, string>,
    byPhone: (count: number) => t`dont par téléphone : ${formatCount(count)}`,
    line: (name: string, count: number) => t`${name} : ${formatCount(count)}`,
    share: (part: number) => t`(${formatShare(part)} des réponses)`,
    only: (name: string) => t`Les chiffres ci-dessous sont ceux d’une seule voie : ${name}.`,
    apart: (name: string, other: string, difference: number, low: number, high: number, isOpen: boolean) =>
      t`${name} par rapport à ${other} : ${formatSigned(100 * difference, 1)} points (de ${formatSigned(100 * low, 1)} à ${formatSigned(100 * high, 1)}), ${isOpen ? 'écart non démontré' : 'écart démontré'}.`,
    suppressed: t`Le chiffre d’une voie est masqué quand il laisserait deviner celui d’une autre, à trop faible effectif.`,
  },
  trendFinding: {
    nothing: 'Pas encore assez de réponses pour une tendance.',
    now: (share: string, base: string) => t`${share} de satisfaits sur 13 semaines (${base}).`,
    up: (since: string, from: string, to: string) =>
      t`En hausse depuis ${since} : de ${from} à ${to} de satisfaits.`,
    down: (since: string, from: string, to: string) =>
      t`En baisse depuis ${since} : de ${from} à ${to} de satisfaits.`,
    stable: (since: string, from: string, to: string) =>
      t`Pas de changement démontré depuis ${since} : ${from}, puis ${to} de satisfaits.`,
    dip: (week: string, share: string) => t`Creux à ${share} en ${week}.`,
    values: (measure: string, since: string, from: string, to: string) =>
      t`${measure} : ${from} en ${since}, ${to} à la fin.`,
  },
};
