import type { Words } from './words.ts';

export const FRENCH: Words = {
  title: 'Votre avis',
  invitation: 'Votre avis nous aide à mieux vous accueillir. Touchez un visage.',
  languages: 'Langue',
  demonstration: 'Démonstration',
  accessibility: 'Accessibilité\u00a0: non conforme. Déclaration disponible à l’accueil.',
  published: {
    one: '{period}\u00a0: {share} de personnes satisfaites ({count} réponse).',
    other: '{period}\u00a0: {share} de personnes satisfaites ({count} réponses).',
  },

  progress: 'Question {step} sur {total}',
  lastStep: 'Dernière étape, facultative',
  back: 'Modifier',
  finish: 'Terminer',
  confirm: 'Valider',
  severalChoices: 'Plusieurs réponses possibles.',
  levels: {
    'very-satisfied': 'Très satisfait',
    'fairly-satisfied': 'Plutôt satisfait',
    neither: 'Ni satisfait, ni insatisfait',
    'fairly-dissatisfied': 'Plutôt pas satisfait',
    'very-dissatisfied': 'Pas du tout satisfait',
    yes: 'Oui',
    no: 'Non',
    'not-applicable': 'Non concerné',
  },

  suggestionHelp: 'N’écrivez ni nom, ni adresse, ni information de santé. Ne citez pas de personne.',
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

  waiting: '{count} en attente',
  unreached: 'hors réseau',
  revoked: 'tablette à réinscrire',

  enrolTitle: 'Mettre cette tablette en service',
  enrolHelp: 'Saisissez les huit lettres données par l’administrateur de Parvis.',
  enrolLabel: 'Code d’inscription',
  enrolHint: 'Un code ne sert qu’une fois.',
  enrol: 'Inscrire la tablette',
  enrolling: 'Inscription en cours…',
  codeIncomplete: 'Il manque des lettres.',
  codeUnknown:
    'Ce code n’est pas reconnu. Vérifiez les lettres, ou demandez un autre code\u00a0: il a pu expirer.',
  tooManyTries: {
    one: 'Trop d’essais. Réessayez dans {count} minute.',
    other: 'Trop d’essais. Réessayez dans {count} minutes.',
  },
  unreachable: 'Le serveur ne répond pas. Vérifiez le réseau de la tablette, puis réessayez.',
  storageFailed:
    'Cette tablette ne peut rien garder en mémoire. Libérez de la place, puis rechargez la page.',
  awaitingTitle: 'Tablette inscrite',
  awaitingHelp: 'Elle attend son questionnaire, qui s’affichera de lui-même.',
  outOfOrderTitle: 'Hors service',
  outOfOrderHelp: 'Cette tablette ne peut pas enregistrer votre avis pour le moment.',
  outOfOrderWhom: 'Veuillez le signaler à l’accueil.',
};
