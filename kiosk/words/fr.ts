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
    'Sans réponse, cette tablette revient au début dans {seconds} secondes. Ce qui n’est pas envoyé sera effacé.',
  secondsLeft: { one: '{count} seconde', other: '{count} secondes' },
  carryOn: 'Oui, continuer',
  stop: 'Non, terminer',

  waiting: '{count} en attente',
  unreached: 'hors réseau',
  revoked: 'tablette à réinscrire',

  enrolTitle: 'Mettre cette tablette en service',
  enrolHelp: 'Saisissez le code d’inscription donné par l’administrateur de Parvis.',
  enrolLabel: 'Code d’inscription',
  enrolHint: 'Huit lettres, sans voyelle. Un code ne sert qu’une fois.',
  enrol: 'Inscrire la tablette',
  enrolling: 'Inscription en cours…',
  codeIncomplete: 'Le code compte huit lettres\u00a0: il en manque.',
  codeUnknown:
    'Ce code n’est pas reconnu. Vérifiez les lettres, ou demandez un nouveau code\u00a0: il a pu expirer ou déjà servir.',
  tooManyTries: {
    one: 'Trop d’essais. Réessayez dans {count} minute.',
    other: 'Trop d’essais. Réessayez dans {count} minutes.',
  },
  unreachable: 'Le serveur ne répond pas. Vérifiez le réseau de la tablette, puis réessayez.',
  storageFailed:
    'Cette tablette ne peut rien garder en mémoire. Libérez de la place, quittez la navigation privée, puis rechargez la page.',
  awaitingTitle: 'Tablette inscrite',
  awaitingHelp: 'Elle attend son questionnaire. Il s’affichera de lui-même dès que le serveur répondra.',
  outOfOrderTitle: 'Hors service',
  outOfOrderHelp: 'Cette tablette ne peut pas enregistrer votre avis pour le moment.',
  outOfOrderWhom: 'Veuillez le signaler à l’accueil.',
};
