import { t } from '../typography.ts';

/** The pages that stand in the footer. */
export const plainPageWords = {
  accessibility: {
    title: t`Accessibilité : non conforme`,
    sections: [
      {
        heading: null,
        paragraphs: [
          t`Cette application n’est pas en conformité avec le référentiel général d’amélioration de l’accessibilité (RGAA 4.1.2), parce qu’aucun audit n’a encore été fait. Tant qu’un audit n’a pas eu lieu, la loi demande de le dire ainsi.`,
          t`Elle a été construite pour être conforme : les deux parties, la tablette des accueils et ces pages de résultats, sont vérifiées par des outils automatiques à chaque changement. Ces outils ne remplacent pas un audit.`,
        ],
      },
      {
        heading: 'Ce qui est déjà connu',
        paragraphs: [
          t`La courbe de la page d’un service est une image : les mêmes chiffres se trouvent dans le tableau placé dessous.`,
          t`Les textes des usagers sont donnés tels qu’ils ont été écrits, dans leur langue ; ils ne sont pas traduits.`,
          t`Les essais avec des lecteurs d’écran et par des personnes handicapées restent à faire.`,
        ],
      },
      {
        heading: 'Signaler une difficulté',
        paragraphs: [
          t`Si vous ne pouvez pas accéder à un contenu, écrivez à la mission qualité de votre collectivité : elle vous donnera l’information sous une autre forme et répondra dans la semaine.`,
          t`Si vous n’obtenez pas de réponse, vous pouvez saisir le Défenseur des droits : defenseurdesdroits.fr, téléphone 09 69 39 00 00, ou par courrier gratuit, sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.`,
        ],
      },
    ],
  },
  privacy: {
    title: 'Données personnelles',
    sections: [
      {
        heading: 'Ce que les usagers laissent',
        paragraphs: [
          t`Les réponses sont anonymes : ni nom, ni adresse de l’appareil, ni image. De l’heure, seule la demi-journée est gardée.`,
          t`Les suggestions sont libres : il arrive qu’on y écrive un nom ou un numéro. Elles sont scellées sur la tablette avant d’être envoyées. Si vous y voyez des données personnelles, masquez le texte et dites pourquoi.`,
        ],
      },
      {
        heading: 'Ce que cette application garde de vous',
        paragraphs: [
          t`Votre nom, votre adresse électronique, votre mot de passe sous une forme qui ne peut pas être relue, et la trace de ce que vous faites : lire, masquer, enregistrer ou révoquer une tablette.`,
          t`Un seul cookie, nécessaire à la connexion, est déposé. Rien ne vient d’un autre site, rien n’y est envoyé.`,
        ],
      },
      {
        heading: 'Vos droits',
        paragraphs: [
          t`Vous pouvez demander à voir, corriger ou effacer ce qui vous concerne auprès du délégué à la protection des données de votre collectivité, puis, si besoin, saisir la CNIL (cnil.fr).`,
        ],
      },
    ],
  },
};
