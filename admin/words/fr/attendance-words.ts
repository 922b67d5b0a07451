import type { CalendarEntry, CalendarMark } from '../../../protocol/calendar.ts';
import type { ImportFault } from '../../../protocol/participation.ts';
import { formatCount, formatDate, formatShare, formatShortDate } from '../format.ts';
import { t } from '../typography.ts';

const s = (count: number) => (count > 1 ? 's' : '');
const days = (first: string, last: string) =>
  first === last ? formatDate(first) : `${formatShortDate(first)}–${formatDate(last)}`;

const kinds: Readonly<Record<CalendarEntry['kind'], string>> = {
  'public-holiday': 'Jour férié',
  'school-holidays': 'Vacances scolaires',
  election: 'Élection',
  closure: 'Fermeture ou travaux',
  other: 'Autre',
};

/** Said by a file's line that cannot be understood; what to do about it. */
const faults: Readonly<Record<ImportFault['kind'], (value: string) => string>> = {
  columns: (value) => t`il faut trois colonnes, date ; service ; visiteurs. Lu : « ${value} »`,
  date: (value) => t`« ${value} » n’est pas une date. Écrivez 17/11/2026 ou 2026-11-17`,
  'to-come': (value) => t`le ${value} est un jour à venir`,
  service: (value) => t`« ${value} » n’est pas un service connu. Écrivez son nom comme dans cette page`,
  'ambiguous-service': (value) => t`« ${value} » désigne plusieurs services`,
  visitors: (value) => t`« ${value} » n’est pas un nombre de visiteurs`,
  twice: (value) => t`ce jour de ce service est déjà à la ligne ${value}`,
};

export const attendanceWords = {
  heading: 'Fréquentation',
  lead: t`Combien de personnes chaque accueil a reçues, pour savoir combien ont répondu ; et les dates qui expliquent un chiffre.`,
  counts: 'Visiteurs par jour',
  countsTable: 'Tableau des visiteurs par jour et par service',
  countsLead: t`Laissez vide un jour qui n’a pas été compté : il n’entre pas dans le calcul.`,
  tooLong: t`Choisissez une semaine ou un mois pour saisir les visiteurs jour par jour.`,
  day: 'Jour',
  cell: (service: string, day: string) => `Visiteurs, ${service}, ${day}`,
  total: 'Total',
  participationRow: 'Participation',
  save: 'Enregistrer',
  saving: 'Enregistrement…',
  saved: (count: number) => `${formatCount(count)} nombre${s(count)} enregistré${s(count)}.`,
  nothingToSave: 'Aucun nombre n’a changé.',
  notANumber: t`Un nombre de visiteurs est un nombre entier, sans décimale ni signe.`,
  participation: (responses: number, visitors: number, countedDays: number) =>
    t`Participation : ${formatShare(responses / visitors)} (${formatCount(responses)} réponse${s(responses)} pour ${formatCount(visitors)} visiteur${s(visitors)}, sur ${formatCount(countedDays)} jour${s(countedDays)} compté${s(countedDays)})`,
  moreThanVisitors: (responses: number, visitors: number) =>
    t`Participation : ${formatCount(responses)} réponses pour ${formatCount(visitors)} visiteur${s(visitors)} comptés. Le comptage est à vérifier.`,
  import: {
    heading: 'Apporter un fichier',
    hint: t`Fichier CSV d’une borne de tickets ou d’un tableur, une ligne par jour et par service : date ; service ; visiteurs. Apporté deux fois, il ne change rien.`,
    label: 'Fichier CSV',
    submit: 'Importer',
    sending: 'Import en cours…',
    none: 'Choisissez d’abord un fichier.',
    tooBig: t`Ce fichier est trop gros : 2 Mo au plus.`,
    done: (added: number, changed: number, unchanged: number) =>
      t`Import terminé : ${formatCount(added)} ajouté${s(added)}, ${formatCount(changed)} modifié${s(changed)}, ${formatCount(unchanged)} déjà connu${s(unchanged)}.`,
    refused: t`Rien n’a été enregistré. Corrigez ces lignes, puis apportez le fichier de nouveau :`,
    line: (line: number, fault: string) => t`Ligne ${line} : ${fault}.`,
    faults,
    otherFaults: (count: number) => t`et ${formatCount(count)} autre${s(count)} erreur${s(count)}.`,
  },
  calendar: {
    heading: 'Dates à marquer',
    lead: t`Élections, fermetures, travaux : marquées sur les courbes, à côté des jours fériés et des vacances scolaires.`,
    known: (zone: string, from: string, until: string) =>
      t`Vacances scolaires de la zone ${zone} connues du ${formatDate(from)} au ${formatDate(until)}. Au-delà, ajoutez-les ici dès qu’elles sont publiées.`,
    kinds,
    none: 'Aucune date n’est marquée.',
    label: 'Ce que c’est',
    labelHint: t`En quelques mots, par exemple « Élections municipales, premier tour ».`,
    kind: 'Sorte',
    organisation: 'Organisation',
    firstDay: 'Du',
    lastDay: 'Au',
    add: 'Marquer ces jours',
    added: 'Les jours sont marqués.',
    missing: 'Dites ce que c’est, et quels jours.',
    backwards: 'Le dernier jour vient avant le premier.',
    remove: 'Supprimer',
    removeNamed: (label: string) => t`Supprimer « ${label} »`,
    removed: 'La date n’est plus marquée.',
    signed: (by: string, on: string) => t`marquée par ${by} le ${formatDate(on)}`,
    entry: ({ label, firstDay, lastDay }: Pick<CalendarMark, 'label' | 'firstDay' | 'lastDay'>) =>
      t`${label} (${days(firstDay, lastDay)})`,
    differs: t`À comparer avec prudence, le calendrier n’est pas le même.`,
    of: (period: string, what: string) => t`${period} : ${what}.`,
    nothing: 'rien de particulier',
    unknown: (until: string) => t`Vacances scolaires non connues après le ${formatDate(until)}.`,
    column: 'Calendrier',
  },
};
