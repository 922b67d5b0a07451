import type { Words } from './words.ts';

/** French that is easy to read: short sentences, common words, one idea in each. */
export const WORDS: Words = {
  title: 'Votre avis',
  invitation: 'Donnez votre avis. Cela nous aide. Touchez un visage.',
  languages: 'Langues',
  close: 'Fermer',
  comfort: 'Confort',
  comforts: { large: 'Texte plus grand', contrast: 'Couleurs fortes', low: 'Tout en bas', spoken: 'Écouter' },
  noVoice: 'Écouter\u00a0: pas de voix',
  demonstration: 'Pour essayer',
  accessibility: 'Accessibilité\u00a0: non conforme. Vous pouvez demander la déclaration à l’accueil.',
  published: {
    one: '{period}\u00a0: {share} des personnes sont contentes ({count} réponse).',
    other: '{period}\u00a0: {share} des personnes sont contentes ({count} réponses).',
  },
  said: 'Vous avez dit\u00a0:',
  done: 'Nous avons fait\u00a0:',

  progress: 'Question {step} sur {total}',
  lastStep: 'C’est la fin. Vous pouvez écrire, ou ne rien écrire.',
  back: 'Changer ma réponse',
  finish: 'J’ai fini',
  confirm: 'Je valide',
  severalChoices: 'Vous pouvez choisir plusieurs réponses.',
  levels: {
    'very-satisfied': 'Très bien',
    'fairly-satisfied': 'Plutôt bien',
    neither: 'Ni bien, ni mal',
    'fairly-dissatisfied': 'Plutôt pas bien',
    'very-dissatisfied': 'Pas bien du tout',
    yes: 'Oui',
    no: 'Non',
    'not-applicable': 'Je ne sais pas',
  },
  agreement: {
    'very-satisfied': 'Oui, tout à fait',
    'fairly-satisfied': 'Plutôt oui',
    'fairly-dissatisfied': 'Plutôt non',
    'very-dissatisfied': 'Non, pas du tout',
  },

  suggestionHelp: 'N’écrivez pas de nom. N’écrivez pas d’adresse. Ne parlez pas de votre santé.',
  themes: 'Touchez un sujet ou plusieurs sujets. Vous pouvez aussi écrire.',
  charactersLeft: {
    one: 'Vous pouvez encore écrire {count} lettre.',
    other: 'Vous pouvez encore écrire {count} lettres.',
  },
  send: 'J’envoie',
  finishWithoutSuggestion: 'Finir sans écrire',

  thanks: 'Merci\u202f!',
  kept: 'Votre avis est gardé sur cette tablette. Nous allons l’envoyer sans votre nom.',
  returning: 'L’écran va bientôt revenir au début.',
  returnNow: 'Retour au début',

  idleQuestion: 'Êtes-vous encore là\u202f?',
  idleHelp:
    'Touchez l’écran pour continuer. Sinon, dans {seconds} secondes, l’écran revient au début. Votre texte s’efface.',
  secondsLeft: { one: '{count} seconde', other: '{count} secondes' },
  carryOn: 'Oui, je continue',
  stop: 'Non, j’arrête',

  outOfOrderTitle: 'La tablette ne marche pas',
  outOfOrderHelp: 'Vous ne pouvez pas donner votre avis maintenant.',
  outOfOrderWhom: 'Merci de le dire à l’accueil.',
};
