/** What staff read where a tablet has no place yet, or is given another. Staff read French: so does the web view that made the code. */
export const ENROLMENT_WORDS = {
  title: 'Mettre cette tablette en service',
  help: 'Saisissez les dix lettres données par l’administrateur de Parvis.',
  label: 'Code d’inscription',
  hint: 'Un code ne sert qu’une fois.',
  enrol: 'Inscrire la tablette',
  enrolling: 'Inscription en cours…',
  incomplete: 'Il manque des lettres.',
  codeUnknown:
    'Ce code n’est pas reconnu. Vérifiez les lettres, ou demandez un autre code\u00a0: il a pu expirer.',
  tooManyTries: (minutes: number) =>
    `Trop d’essais. Réessayez dans ${minutes} minute${minutes > 1 ? 's' : ''}.`,
  unreachable: 'Le serveur ne répond pas. Vérifiez le réseau de la tablette, puis réessayez.',
  storageFailed:
    'Cette tablette ne peut rien garder en mémoire. Libérez de la place, puis rechargez la page.',
  insecure:
    'Cette page n’est pas sécurisée\u00a0: son adresse devrait commencer par https. Sans cela, la tablette ne démarre pas sans réseau et ne demande pas de suggestion écrite. Prévenez l’administrateur de Parvis. Code\u00a0: SANS-HTTPS',
  waiting: {
    title: 'Tablette inscrite',
    soon: 'Elle attend son questionnaire, qui s’affichera de lui-même.',
    unreached:
      'Elle attend son questionnaire, mais le serveur ne répond pas. Vérifiez le réseau de la tablette. Code\u00a0: SANS-SERVEUR',
    noQuestionnaire:
      'Aucun questionnaire n’est prévu pour ce point d’accueil. Prévenez l’administrateur de Parvis. Code\u00a0: SANS-QUESTIONNAIRE',
    notUnderstood:
      'Cette tablette ne comprend pas son questionnaire\u00a0: une mise à jour est nécessaire. Prévenez l’administrateur de Parvis. Code\u00a0: QUESTIONNAIRE-ILLISIBLE',
  },
  revoked: {
    title: 'Tablette retirée du service',
    help: 'Pour la remettre en service, saisissez un nouveau code donné par l’administrateur de Parvis. Code\u00a0: RETIREE',
  },
};
