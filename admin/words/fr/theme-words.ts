import { formatCount, formatShare } from '../format.ts';
import { t } from '../typography.ts';

const s = (count: number) => (count > 1 ? 's' : '');

export const themeWords = {
  heading: 'Thèmes',
  lead: 'De quoi parlent les textes. Un thème est donné par un mot de la liste, toujours montré, ou par une personne.',
  link: 'Thèmes',
  theme: 'Thème',
  everyTheme: 'Tous les thèmes',
  listLabel: 'Thèmes du texte',
  byWord: (word: string) => t`mot « ${word} »`,
  byPerson: (who: string) => `par ${who}`,
  remove: (name: string) => t`Retirer le thème « ${name} »`,
  add: 'Ajouter un thème',
  said: (name: string, isSet: boolean) =>
    isSet ? t`Le thème « ${name} » est ajouté.` : t`Le thème « ${name} » est retiré.`,
  touched: (names: readonly string[]) => t`Touché sur la tablette : ${names.join(', ')}`,
  organisation: 'Organisation',
  trend: {
    heading: 'Semaine après semaine',
    explain: t`Part des textes qui parlent de chaque thème, sur treize semaines. Un texte peut parler de plusieurs thèmes, ou d’aucun. Les textes masqués ne comptent pas.`,
    finding: (count: number, base: number) =>
      `${formatCount(count)} texte${s(count)} sur ${formatCount(base)} en treize semaines (${formatShare(count / base)})`,
    weeksFinding: (count: number) => t`${formatCount(count)} texte${s(count)} dans les semaines montrées`,
    none: 'Aucun texte sur ces treize semaines',
    mostFrequent: (theme: string, count: number) =>
      t`Le thème dont on parle le plus : ${theme}, ${formatCount(count)} texte${s(count)}.`,
    onTexts: (base: number) => t`Base : ${formatCount(base)} texte${s(base)}.`,
    pictureScale: (highest: number) =>
      t`Même échelle partout : le haut de chaque ligne vaut ${formatShare(highest)} des textes d’une semaine. Une semaine de moins de 5 textes n’est pas montrée.`,
    table: 'Les mêmes chiffres en tableau',
    caption: 'Textes par thème et par semaine',
    base: 'Textes de la semaine',
    total: 'Treize semaines',
    week: (week: string) => `S${week.slice(6)}`,
    hidden: 'moins de 5',
    hiddenTitle: t`Moins de 5 textes cette semaine : le détail n’est pas montré`,
    totalHidden: 'masqué',
    legend: (highest: number) =>
      t`Même échelle partout : la barre la plus haute vaut ${formatShare(highest)} des textes d’une semaine. Barre pleine : 11 textes ou plus dans la semaine. Barre claire : 5 à 10 textes, à lire avec prudence. Sans barre : moins de 5 textes, ou aucun.`,
  },
  editor: {
    heading: 'La liste de mots',
    explain: t`Séparez les mots par des virgules. Majuscules, accents, pluriels et la plupart des accords ne comptent pas : « aimable » vaut « aimables ». Plusieurs mots de suite forment une expression : « carte d’identité ».`,
    changed: (who: string, when: string) => `Modifiée par ${who}, ${when}`,
    neverChanged: 'Liste livrée avec Parvis, pas encore modifiée',
    readOnly: t`Seuls les administrateurs et la mission qualité modifient la liste.`,
    name: 'Nom du thème',
    words: (name: string) => t`Mots du thème « ${name} »`,
    removeTheme: (name: string) => t`Supprimer le thème « ${name} »`,
    add: 'Ajouter un thème',
    newName: 'Nouveau thème',
    preview: 'Voir ce que cela changerait',
    wouldBe: (count: number, now: number) =>
      t`${formatCount(count)} verbatim${s(count)} ${count > 1 ? 'seraient classés' : 'serait classé'} ainsi (${formatCount(now)} aujourd’hui)`,
    save: 'Enregistrer la liste',
    saved: 'La liste est enregistrée. Ce qui a été décidé à la main reste tel quel.',
    pending: (count: number) =>
      t`${formatCount(count)} texte${s(count)} rest${count > 1 ? 'ent' : 'e'} à relire avec cette liste : c’est fait dans les minutes qui viennent.`,
    conflict: (who: string) =>
      t`${who} a modifié la liste entre-temps. Rien n’est enregistré, et ce que vous avez saisi est toujours là.`,
    takeTheirs: 'Reprendre sa liste (votre saisie est perdue)',
    overwrite: 'Enregistrer la mienne à la place',
    somebody: 'Quelqu’un',
  },
};
