import type { MaskKind } from '../../../domain/masking.ts';
import type { HideCategory } from '../../../protocol/verbatims.ts';
import { formatCount } from '../format.ts';
import { t } from '../typography.ts';

const MASK_KINDS: Readonly<Record<MaskKind, string>> = {
  telephone: 'téléphone',
  email: 'adresse électronique',
  'social-security': 'numéro de sécurité sociale',
  iban: 'compte bancaire',
  plate: 'plaque d’immatriculation',
  name: 'nom',
  other: 'passage',
};
const CATEGORIES: Readonly<Record<HideCategory, string>> = {
  'names-agent': 'Nomme ou désigne un agent',
  'names-person': 'Nomme une autre personne',
  insult: 'Insulte ou menace',
  unlawful: 'Propos contraire à la loi',
  'off-topic': 'Sans rapport avec l’accueil',
  unreadable: 'Illisible ou vide de sens',
  other: 'Autre motif',
};
const s = (count: number) => (count > 1 ? 's' : '');

export const moderationWords = {
  heading: 'Modération',
  lead: 'Décidez, texte par texte, ce qui peut sortir de Parvis. Seuls les textes publiables partent dans les exports, les courriels et les publications.',
  toModerate: 'À modérer',
  released: 'Publiable',
  masked: 'Passages masqués',
  everyState: 'Toutes les décisions',
  states: { 'to-moderate': 'À modérer', released: 'Publiables' },
  categories: CATEGORIES,
  waiting: (count: number) =>
    count === 0 ? 'Aucun texte à modérer' : `${formatCount(count)} texte${s(count)} à modérer`,
  position: (index: number, count: number) => `Texte ${formatCount(index)} sur ${formatCount(count)}`,
  link: 'Modérer les textes',
  release: 'Publiable',
  hide: 'Masquer le texte…',
  reopen: 'Remettre à modérer',
  undo: 'Annuler la dernière décision',
  next: 'Texte suivant',
  previous: 'Texte précédent',
  maskProposed: (count: number) =>
    count > 1 ? t`Masquer les ${count} passages proposés` : 'Masquer le passage proposé',
  maskOne: (kind: MaskKind, passage: string) => t`Masquer « ${passage} » (${MASK_KINDS[kind]})`,
  unmaskOne: (kind: MaskKind, passage: string) => t`Démasquer « ${passage} » (${MASK_KINDS[kind]})`,
  maskWords: 'Masquer d’autres mots',
  maskWordsHint: t`Recopiez-les tels qu’ils sont écrits : chaque endroit où ils se trouvent sera masqué.`,
  maskWordsSubmit: 'Masquer ces mots',
  maskWordsMissing: 'Ces mots ne sont pas dans le texte.',
  maskSelection: 'Masquer la sélection',
  selectionHint: 'Vous pouvez aussi sélectionner un passage dans le texte.',
  proposalsHeading: 'Données personnelles possibles',
  proposalsHelp: 'Parvis propose, vous décidez. Ce qui est masqué ne se lit plus que sur cette page.',
  masksHeading: 'Passages masqués',
  preview: 'Ce que les autres liront',
  releasedBy: (who: string, when: string) => `Jugé publiable par ${who}, ${when}`,
  maskedBy: (who: string, when: string) => `Passages masqués par ${who}, ${when}`,
  hiddenBy: (who: string, when: string, category: HideCategory, reason: string) =>
    t`Masqué par ${who}, ${when} : ${reasonText(category, reason)}`,
  said: {
    release: 'Le texte est publiable.',
    hide: 'Le texte est masqué.',
    reopen: 'Le texte est de nouveau à modérer.',
    mask: 'Les passages masqués sont enregistrés.',
    'set-theme': 'Les thèmes du texte sont enregistrés.',
    'mark-read': 'Le texte est marqué comme lu.',
    'mark-unread': 'Le texte est de nouveau à lire.',
  },
  done: 'Tout est modéré',
  doneHelp: 'Aucun texte n’attend de décision.',
  roundDone: 'Vous avez parcouru ces textes',
  roundDoneHelp: 'Chargez la suite, ou revenez sur ce qui reste.',
  loadMore: 'Charger la suite',
  toVerbatims: 'Aller aux verbatims',
  conflict: {
    title: 'Quelqu’un d’autre a décidé entre-temps',
    theirs: t`Décision enregistrée :`,
    yours: t`Votre décision, qui n’est pas enregistrée :`,
    hidden: (who: string, category: HideCategory, reason: string) =>
      t`${who} a masqué le texte : ${reasonText(category, reason)}`,
    released: (who: string, masks: number) => `${who} l’a jugé publiable${withMasks(masks)}`,
    open: (who: string | null, masks: number) =>
      who === null ? 'à modérer' : `à modérer${withMasks(masks)}, par ${who}`,
    wantedRelease: 'publiable',
    wantedReopen: 'remettre à modérer',
    wantedHide: (category: HideCategory, reason: string) =>
      t`masquer le texte : ${reasonText(category, reason)}`,
    wantedMasks: (count: number) =>
      count === 0 ? 'ne plus rien masquer' : `masquer ${formatCount(count)} passage${s(count)}`,
    keepTheirs: 'Garder sa décision',
    applyMine: 'Appliquer la mienne',
  },
  keys: {
    heading: 'Raccourcis clavier',
    isOn: 'Raccourcis à une touche',
    isOnHelp: t`Désactivez-les si vous dictez au clavier vocal : tout reste possible avec les boutons.`,
    press: (key: string) => `touche ${key}`,
  },
  hideHeading: 'Masquer ce texte',
  hideBody: t`Il ne paraîtra plus dans la liste ni dans les exports. La réponse reste comptée. Vous pourrez le remettre à modérer.`,
  category: 'Motif',
  categoryMissing: 'Choisissez un motif.',
  reason: 'Précision (facultative, sauf pour un autre motif)',
  reasonHint: t`En quelques mots, sans recopier le texte.`,
  reasonMissing: 'Dites en quelques mots pourquoi (au moins 3 caractères).',
  hideConfirm: 'Masquer le texte',
};

function reasonText(category: HideCategory, reason: string): string {
  if (reason === '') return CATEGORIES[category].toLowerCase();
  return category === 'other' ? reason : `${CATEGORIES[category].toLowerCase()} (${reason})`;
}

function withMasks(count: number): string {
  return count === 0 ? '' : `, avec ${formatCount(count)} passage${s(count)} masqué${s(count)}`;
}
