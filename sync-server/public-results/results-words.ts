/** What the public page says, in each of its languages. */
export interface ResultsWords {
  readonly locale: string;
  readonly title: string;
  readonly lead: string;
  readonly skip: string;
  readonly other: { readonly text: string; readonly path: string; readonly language: string };
  readonly demonstration: string;
  readonly nothing: string;
  satisfied(share: string): string;
  details(base: string, interval: string, period: string): string;
  readonly improvements: string;
  readonly said: string;
  readonly done: string;
  readonly methodTitle: string;
  readonly method: readonly string[];
  readonly openDataTitle: string;
  readonly csv: string;
  readonly schema: string;
}

const FRENCH: ResultsWords = {
  locale: 'fr-FR',
  title: 'Ce que vous pensez de nos accueils',
  lead: 'Les résultats que la collectivité a choisi de publier, tels qu’ils sont affichés sur les tablettes de ses accueils.',
  skip: 'Aller aux résultats',
  other: { text: 'In English', path: '/resultats/en', language: 'en' },
  demonstration: 'Démonstration\u00a0: tous ces chiffres sont inventés.',
  nothing: 'Aucun résultat n’est publié pour le moment.',
  satisfied: (share) => `${share} de satisfaits`,
  details: (base, interval, period) =>
    `${period}. ${base} réponses exprimées\u00a0; intervalle de confiance à 95\u00a0%\u00a0: ${interval}.`,
  improvements: 'Vous l’avez dit, nous l’avons fait',
  said: 'Vous avez dit\u00a0:',
  done: 'Nous avons fait\u00a0:',
  methodTitle: 'Comment lire ces chiffres',
  method: [
    'Les visiteurs répondent de leur plein gré, sur place ou sur leur téléphone\u00a0: ils ne représentent pas tous les usagers.',
    'La part de satisfaits est celle des réponses «\u00a0très\u00a0» ou «\u00a0plutôt satisfait\u00a0» à la question globale. Sous 30 réponses, aucun résultat n’est publié.',
  ],
  openDataTitle: 'Données ouvertes',
  csv: 'Résultats publiés (CSV)',
  schema: 'Description des colonnes (Table Schema)',
};

const ENGLISH: ResultsWords = {
  locale: 'en-GB',
  title: 'What you think of our receptions',
  lead: 'The results that the local authority has chosen to publish, as they are shown on the tablets of its receptions.',
  skip: 'Go to the results',
  other: { text: 'En français', path: '/resultats', language: 'fr' },
  demonstration: 'Demonstration: all these figures are made up.',
  nothing: 'No result is published at the moment.',
  satisfied: (share) => `${share} satisfied`,
  details: (base, interval, period) => `${period}. ${base} answers; 95% confidence interval: ${interval}.`,
  improvements: 'You said it, we did it',
  said: 'You said:',
  done: 'We did:',
  methodTitle: 'How to read these figures',
  method: [
    'Visitors answer of their own accord, on the spot or on their telephone: they do not represent all users.',
    'The share satisfied is that of the answers “very” or “fairly satisfied” to the overall question. Below 30 answers no result is published.',
  ],
  openDataTitle: 'Open data',
  csv: 'Published results (CSV)',
  schema: 'Description of the columns (Table Schema)',
};

export const RESULTS_WORDS = { fr: FRENCH, en: ENGLISH } as const;
export type ResultsLanguage = keyof typeof RESULTS_WORDS;
