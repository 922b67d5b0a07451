import type { Words } from './words.ts';

export const FRENCH: Words = {
  title: 'Votre avis',
  invitation: 'Votre avis nous aide à mieux vous accueillir. Touchez un visage.',
  languages: 'Langues',
  close: 'Fermer',
  comfort: 'Confort',
  comforts: { large: 'Grand texte', contrast: 'Contraste', low: 'Bas', spoken: 'Écouter' },
  noVoice: 'Écouter\u00a0: pas de voix',
  demonstration: 'Démonstration',
  accessibility: 'Accessibilité\u00a0: non conforme. Déclaration disponible à l’accueil.',
  published: {
    one: '{period}\u00a0: {share} de personnes satisfaites ({count} réponse).',
    other: '{period}\u00a0: {share} de personnes satisfaites ({count} réponses).',
  },
  said: 'Vous avez dit\u00a0:',
  done: 'Nous avons fait\u00a0:',

  progress: 'Question {step} sur {total}',
  lastStep: 'Dernière étape, facultative',
  back: 'Modifier',
  finish: 'Terminer',
  confirm: 'Valider',
  severalChoices: 'Plusieurs réponses possibles.',
  levels: {
    'very-satisfied': 'Très satisfait(e)',
    'fairly-satisfied': 'Plutôt satisfait(e)',
    neither: 'Ni satisfait(e), ni insatisfait(e)',
    'fairly-dissatisfied': 'Plutôt pas satisfait(e)',
    'very-dissatisfied': 'Pas du tout satisfait(e)',
    yes: 'Oui',
    no: 'Non',
    'not-applicable': 'Sans avis',
  },
  agreement: {
    'very-satisfied': 'Oui, tout à fait',
    'fairly-satisfied': 'Plutôt oui',
    'fairly-dissatisfied': 'Plutôt non',
    'very-dissatisfied': 'Non, pas du tout',
  },

  suggestionHelp: 'N’écrivez ni nom, ni adresse, ni information de santé. Ne citez pas de personne.',
  themes: 'Touchez un ou plusieurs thèmes, ou écrivez.',
  charactersLeft: {
    one: 'Il reste {count} caractère.',
    other: 'Il reste {count} caractères.',
  },
  send: 'Envoyer',
  finishWithoutSuggestion: 'Terminer sans suggestion',

  thanks: 'Merci\u202f!',
  kept: 'Votre avis est enregistré sur cette tablette. Il sera transmis sans votre nom.',
  returning: 'Cet écran revient au début dans quelques secondes.',
  returnNow: 'Revenir au début',

  idleQuestion: 'Voulez-vous continuer\u202f?',
  idleHelp:
    'Sans réponse, cet écran revient au début dans {seconds} secondes et efface ce qui n’est pas envoyé.',
  secondsLeft: { one: '{count} seconde', other: '{count} secondes' },
  carryOn: 'Oui, continuer',
  stop: 'Non, terminer',

  outOfOrderTitle: 'Hors service',
  outOfOrderHelp: 'Cette tablette ne peut pas enregistrer votre avis pour le moment.',
  outOfOrderWhom: 'Veuillez le signaler à l’accueil.',
};
