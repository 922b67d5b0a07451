export const weeklyLetterWords = {
  heading: 'Lettre du lundi',
  lead: 'Le lundi à 7 h, un courrier électronique dit si quelque chose a changé la semaine passée, ce qu’il y a à lire et une chose à faire. Vos services, et eux seuls.',
  wanted: 'Recevoir la lettre du lundi',
  preview: 'Voir la lettre de la semaine passée',
  noMail:
    'Aucun serveur de courrier n’est réglé sur cette installation\u00a0: aucune lettre ne part. L’aperçu marche quand même.',
  saved: 'C’est enregistré.',
};
