import { formatCount, formatDate, formatShare, formatTarget } from '../format.ts';
import { t } from '../typography.ts';

const s = (count: number) => (count > 1 ? 's' : '');

export const publicationWords = {
  heading: 'Affichage',
  lead: t`Ce que le premier écran des tablettes dit aux usagers, à côté de la question : un résultat, et ce que leurs avis ont changé.`,
  result: 'Résultat affiché',
  /** As the tablets say it. */
  resultLine: (period: string, share: number, base: number) =>
    t`${period} : ${formatTarget(share)} de personnes satisfaites (${formatCount(base)} réponse${s(base)}).`,
  publishedBy: (on: string, by: string) => t`Publié le ${formatDate(on)} par ${by}.`,
  noResult: 'Aucun résultat n’est affiché.',
  candidate: (quarter: string, share: number, base: number) =>
    t`À publier : ${quarter}, ${formatShare(share)} de satisfaits (base ${formatCount(base)}).`,
  tooFew: (quarter: string, base: number, least: number) =>
    t`${quarter} : ${formatCount(base)} réponse${s(base)}. Il en faut au moins ${least} pour publier un résultat.`,
  publish: 'Publier le résultat du trimestre',
  publishNamed: (service: string) => t`Publier le résultat du trimestre, ${service}`,
  published: (service: string) =>
    t`${service} : le résultat est publié. Les tablettes l’affichent dès leur prochain contact.`,
  poster: 'Affiche A4',
  posterNamed: (service: string) => `Affiche A4 de «\u00a0${service}\u00a0» en PDF`,
  withdraw: 'Retirer',
  withdrawNamed: (service: string) => `Retirer le résultat, ${service}`,
  withdrawn: (service: string) => t`${service} : le résultat est retiré.`,
  improvements: t`« Vous avez dit, nous avons fait »`,
  none: t`Rien encore. Choisissez dans les verbatims une remarque qui revient, et dites ici ce qui a été fait : les usagers verront que leur avis sert.`,
  shownCount: (most: number) =>
    t`Une ligne à la fois, une autre après chaque visite : les ${most} plus récentes.`,
  said: t`Vous avez dit :`,
  done: t`Nous avons fait :`,
  isShown: 'Affichée',
  shownFrom: (day: string) => t`À partir du ${formatDate(day)}`,
  noLongerShown: 'Plus affichée',
  add: 'Ajouter une ligne',
  addNamed: (service: string) => `Ajouter une ligne, ${service}`,
  change: 'Modifier',
  changeNamed: (said: string) => t`Modifier « ${said} »`,
  remove: 'Supprimer',
  removeNamed: (said: string) => t`Supprimer « ${said} »`,
  form: {
    addHeading: (service: string) => t`Ajouter une ligne : ${service}`,
    changeHeading: (service: string) => t`Modifier une ligne : ${service}`,
    said: 'Vous avez dit',
    saidHint: (most: number) =>
      t`En une phrase, ${most} caractères au plus, par exemple « Il manque des sièges pour attendre. » N’y citez personne.`,
    done: 'Nous avons fait',
    doneHint: (most: number) =>
      t`En une phrase, ${most} caractères au plus, par exemple « Six sièges ont été ajoutés près de l’accueil. »`,
    shownFrom: 'Afficher à partir du',
    missing: 'Écrivez une phrase.',
    tooLong: (count: number, most: number) => t`${count} caractères : il en faut ${most} au plus.`,
    submit: 'Enregistrer',
    saved: 'La ligne est enregistrée.',
  },
  removing: {
    heading: 'Supprimer cette ligne',
    body: t`Les tablettes ne l’afficheront plus. Elle n’est gardée nulle part.`,
    submit: 'Supprimer la ligne',
    removed: 'La ligne est supprimée.',
  },
};
