import type { PersonalDataKind } from '../../../domain/personal-data.ts';
import { formatCount } from '../format.ts';
import { t } from '../typography.ts';

const PERSONAL_DATA: Readonly<Record<PersonalDataKind, string>> = {
  telephone: 'téléphone',
  email: 'adresse électronique',
  'social-security': 'numéro de sécurité sociale',
  iban: 'compte bancaire',
  plate: 'plaque d’immatriculation',
  name: 'nom',
};
const s = (count: number) => (count > 1 ? 's' : '');

export const verbatimWords = {
  heading: 'Verbatims',
  lead: 'Ce que les usagers ont écrit, mot pour mot, sauf ce qui a été masqué.',
  search: 'Rechercher dans les textes',
  searchHint: t`Touche « / » pour y aller. Tous les mots, sans souci d’accents ni de pluriels ; "mots exacts" entre guillemets ; -mot pour l’écarter.`,
  submitSearch: 'Rechercher',
  clearSearch: 'Effacer la recherche',
  service: 'Service',
  everyService: 'Tous les services',
  language: 'Langue',
  everyLanguage: 'Toutes les langues',
  easyFrench: 'français facile',
  state: 'État',
  states: { unread: 'À lire', read: 'Lus', all: 'Tous', hidden: 'Masqués' },
  printed: (state: string, service: string, search: string) =>
    t`État : ${state}. Service : ${service}.${search === '' ? '' : t` Recherche : « ${search} ».`}`,
  count: (total: number, unread: number) =>
    total === 0
      ? 'Aucun texte'
      : `${formatCount(total)} texte${s(total)}, dont ${formatCount(unread)} à lire`,
  found: (total: number) => (total === 0 ? 'Aucun texte' : `${formatCount(total)} texte${s(total)}`),
  foundAtLeast: (count: number) => `${formatCount(count)} textes ou plus`,
  listLabel: 'Textes des usagers',
  halfDay: { am: 'matin', pm: 'après-midi' },
  writtenIn: (language: string) => t`Écrit en ${language}`,
  byPhone: 'Par téléphone',
  unread: 'À lire',
  personalData: (kinds: readonly PersonalDataKind[]) =>
    t`Peut contenir une donnée personnelle : ${kinds.map((kind) => PERSONAL_DATA[kind]).join(', ')}`,
  readBy: (who: string, when: string) => `Lu par ${who}, ${when}`,
  read: 'Lu',
  markRead: 'Marquer comme lu',
  markUnread: 'Remettre à lire',
  markAllRead: 'Tout marquer comme lu',
  markedAll: (count: number) =>
    `${formatCount(count)} texte${s(count)} marqué${s(count)} comme lu${s(count)}.`,
  hide: 'Masquer…',
  pagination: 'Pages',
  next: 'Textes plus anciens',
  first: 'Revenir aux plus récents',
  empty: {
    unread: 'Tout est lu',
    unreadHelp: 'Aucun texte n’attend d’être lu pour cette période.',
    search: (search: string) => t`Aucun texte ne contient « ${search} »`,
    searchHelp: 'Essayez moins de mots, une autre période ou un autre état.',
    hidden: 'Aucun texte masqué',
    other: 'Aucun texte pour cette période',
    otherHelp: t`Les usagers peuvent écrire quelques mots à la fin de leur visite. Élargissez la période pour en voir d’autres.`,
    seeAll: 'Voir tous les textes de la période',
  },
};
