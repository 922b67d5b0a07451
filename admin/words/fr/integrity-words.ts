import { REASON_MIN_LENGTH } from '../../../protocol/integrity.ts';
import { formatCount } from '../format.ts';
import { t } from '../typography.ts';

const s = (count: number) => (count > 1 ? 's' : '');
const answers = (count: number) => `${formatCount(count)} réponse${s(count)}`;

export const integrityWords = {
  heading: 'Intégrité',
  lead: 'Ce qui ne compte pas dans les chiffres, pourquoi, et qui en a décidé.',
  figures: 'Les deux chiffres, service par service',
  figuresLead: t`Une réponse donnée en rafale, trop vite, toute pareille à la précédente ou hors horaires est gardée telle quelle et mise de côté. La mission qualité peut la remettre dans les chiffres, ou en écarter une autre : chaque décision est signée et motivée.`,
  caption: 'Part de satisfaits sans et avec les réponses mises de côté',
  service: 'Service',
  without: 'Dans les chiffres',
  setAside: 'Mises de côté',
  withThem: 'Avec elles',
  nothing: 'rien',
  notTold: 'trop peu pour le dire',
  days: 'Jours à regarder',
  noDay: t`Rien n’a été mis de côté dans cette période, et rien n’a été décidé.`,
  day: (date: string, setAside: number, all: number) =>
    t`${date} : ${formatCount(setAside)} mise${s(setAside)} de côté sur ${formatCount(all)}`,
  otherDay: 'Un autre jour',
  otherDayService: 'Service',
  otherDayDate: 'Jour',
  openDay: 'Voir les réponses de ce jour',
  closeDay: 'Refermer ce jour',
  dayHeading: (service: string, date: string) => `${service}, ${date}`,
  dayLead: t`Vous voyez comment les réponses ont été données, jamais ce qu’elles disent : on écarte pour ce qui s’est passé, pas pour une note. Parvis ne garde que le jour et la demi-journée ; si l’heure est connue, écrivez-la dans le motif.`,
  readOnly: t`La mission qualité et l’administrateur décident ; vous lisez.`,
  emptyDay: 'Aucune réponse ce jour-là.',
  halfDays: { am: 'Matin', pm: 'Après-midi' },
  run: (count: number) => `suite de ${answers(count)} sur une même tablette`,
  alone: (count: number) => (count > 1 ? `${answers(count)} isolées` : 'une réponse isolée'),
  plain: (count: number) => answers(count),
  group: (halfDay: string, point: string, what: string) => t`${halfDay}, ${point} : ${what}`,
  heldBy: (by: string) => `par décision de ${by}`,
  out: (count: number) => t`Mises de côté : ${formatCount(count)}`,
  in: (count: number) => t`Dans les chiffres : ${formatCount(count)}`,
  outNone: 'Aucune réponse de ce jour n’est mise de côté.',
  inNone: 'Aucune réponse de ce jour n’est dans les chiffres.',
  chooseAll: (what: string) => t`Choisir : ${what}`,
  each: 'Une par une',
  chooseOne: (place: number, what: string) => t`Choisir la réponse ${place} : ${what}`,
  seconds: (count: number) => `${formatCount(count)}\u00a0s`,
  complete: 'complète',
  partial: 'interrompue',
  include: (count: number) =>
    count === 0 ? 'Remettre dans les chiffres' : `Remettre ${answers(count)} dans les chiffres`,
  exclude: (count: number) =>
    count === 0 ? 'Écarter des chiffres' : `Écarter ${answers(count)} des chiffres`,
  noneChosen: 'Choisissez au moins une réponse.',
  severalPoints: t`Une décision porte sur un seul point d’accueil : choisissez les réponses de l’un, puis celles de l’autre.`,
  includeHeading: (count: number) => `Remettre ${answers(count)} dans les chiffres`,
  excludeHeading: (count: number) => `Écarter ${answers(count)} des chiffres`,
  signLead: (name: string) =>
    t`Vous signez : ${name}. La décision, votre nom et votre motif restent écrits, dans le dossier de preuve aussi. Elle peut être reprise, jamais effacée.`,
  closedWeek: t`Si la semaine est close, elle recevra une révision datée d’aujourd’hui.`,
  reason: 'Motif',
  reasonHint: t`Ce qui s’est passé, pour qui lira dans un an. Par exemple : « Mardi de 14 h 02 à 14 h 04, des enfants tapaient sur l’écran, dit l’agent d’accueil. »`,
  reasonMissing: `Dites pourquoi, en ${REASON_MIN_LENGTH} caractères au moins.`,
  sign: 'Signer la décision',
  signed: {
    include: (count: number) =>
      `${answers(count)} remise${s(count)} dans les chiffres. La décision est signée.`,
    'set-aside': (count: number) =>
      `${answers(count)} écartée${s(count)} des chiffres. La décision est signée.`,
  },
  decisions: 'Décisions signées',
  decisionsNone: 'Aucune décision sur les réponses de cette période.',
  decisionsCaption: 'Décisions sur des réponses de la période, la dernière signée d’abord',
  about: 'Réponses',
  decision: 'Décision',
  why: 'Motif',
  who: 'Signée',
  by: (name: string, when: string) => `${name}, ${when}`,
  takenBack: (name: string, when: string) => t`Reprise par ${name}, ${when} :`,
  kinds: {
    include: (count: number) => `${answers(count)} remise${s(count)} dans les chiffres`,
    'set-aside': (count: number) => `${answers(count)} écartée${s(count)} des chiffres`,
  },
  takeBack: 'Reprendre',
  takeBackNamed: (what: string, day: string) => t`Reprendre la décision : ${what}, ${day}`,
  takeBackHeading: 'Reprendre cette décision',
  takeBackLead: (name: string) =>
    t`Vous signez : ${name}. Les réponses reviennent là où les règles les mettaient. Ce qui avait été signé reste à lire, avec votre motif.`,
  takeBackSign: 'Signer la reprise',
  done: 'La décision est reprise. Les réponses sont revenues là où les règles les mettaient.',
  conflictDecided: (name: string, reason: string) =>
    t`Rien n’a été changé : ${name} vient de décider de ces réponses. Son motif : « ${reason} ». La liste ci-dessous est à jour.`,
  conflictTakenBack: (name: string, reason: string) =>
    t`Rien n’a été changé : ${name} vient de reprendre cette décision. Son motif : « ${reason} ».`,
  conflictGone: t`Rien n’a été changé : des réponses choisies ne sont plus là où vous les voyiez. La liste ci-dessous est à jour.`,
};
