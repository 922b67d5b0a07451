/** What the staff's menu says. Staff read French, in every language a visitor may have chosen. */
export const STAFF_WORDS = {
  code: {
    title: 'Code du menu',
    help: 'Ce menu est réservé à l’accueil. Le code se trouve dans l’espace de suivi, page «\u00a0Tablettes\u00a0».',
    typed: (count: number) => `${count} chiffre${count > 1 ? 's' : ''} saisi${count > 1 ? 's' : ''}`,
    erase: 'Effacer',
    confirm: 'Valider',
    checking: 'Vérification…',
    tooShort: 'Le code a de 4 à 8 chiffres.',
    wrong: (left: number) =>
      left > 0
        ? `Ce n’est pas le bon code. Encore ${left} essai${left > 1 ? 's' : ''} avant une pause.`
        : 'Ce n’est pas le bon code.',
    wait: (seconds: number) =>
      seconds > 90
        ? `Trop d’essais. Réessayez dans ${Math.ceil(seconds / 60)} minutes.`
        : `Trop d’essais. Réessayez dans ${seconds} seconde${seconds > 1 ? 's' : ''}.`,
    unknown:
      'Cette tablette ne connaît pas encore le code du menu. Reliez-la au réseau, attendez une minute, puis recommencez.',
    insecure:
      'Ce menu demande une page sécurisée\u00a0: l’adresse de la tablette devrait commencer par https. Prévenez l’administrateur de Parvis.',
  },
  title: 'Menu de l’accueil',
  leave: 'Quitter le menu',
  facts: {
    place: 'Lieu',
    point: 'Point d’accueil',
    unsent: 'En attente d’envoi',
    none: 'rien',
    answers: (count: number) => `${count.toLocaleString('fr-FR')} réponse${count > 1 ? 's' : ''}`,
    oldest: (age: string) => `la plus ancienne depuis ${age}`,
    retained: 'Gardées en double',
    retainedOf: (count: number, most: number, days: number, bytes: string) =>
      `${count.toLocaleString('fr-FR')} sur ${most.toLocaleString('fr-FR')} au plus, ${bytes} et ${days} jours au plus, jusqu’à la sauvegarde du serveur`,
    contact: 'Dernier contact avec le serveur',
    ago: (age: string) => `il y a ${age}`,
    noContact: 'aucun depuis l’ouverture de la page',
    connection: {
      unknown: 'pas encore essayé',
      reached: 'serveur joint',
      unreached: 'serveur injoignable',
      revoked: 'tablette retirée du service\u00a0: changez de point d’accueil avec un nouveau code',
    },
    connectionLabel: 'Connexion',
    clock: 'Heure de la tablette',
    clockRight: 'juste, à quelques secondes près',
    clockWrong: (gap: string, isLate: boolean) =>
      `${isLate ? 'en retard' : 'en avance'} de ${gap} sur le serveur\u00a0: réglez l’heure de la tablette`,
    clockUnknown: 'inconnue tant que le serveur n’a pas répondu',
    storage: 'Stockage',
    persisted: 'protégé',
    notPersisted: 'non protégé\u00a0: installez l’application sur l’écran d’accueil',
    notTold: 'le navigateur ne le dit pas',
    room: 'Place, selon le navigateur',
    roomOf: (used: string, quota: string) => `${used} utilisés sur ${quota}`,
    version: 'Version',
    tablet: 'Tablette',
    broken: 'la mémoire de la tablette ne répond pas',
  },
  actions: {
    send: 'Envoyer maintenant',
    sending: 'Envoi demandé\u00a0: regardez «\u00a0Dernier contact\u00a0».',
    trial: 'Commencer un essai',
    endTrial: 'Terminer l’essai',
    place: 'Changer de point d’accueil',
    update: 'Mettre à jour maintenant',
    upToDate: 'Aucune mise à jour en attente',
    updating: 'Mise à jour…',
    rescue: 'Fichier de secours',
    rescued: (count: number) =>
      `Fichier enregistré dans les téléchargements de la tablette\u00a0: ${count.toLocaleString('fr-FR')} réponse${count > 1 ? 's' : ''}. Importez-le dans l’espace de suivi, page «\u00a0Tablettes\u00a0».`,
    notRescued: 'Le fichier n’a pas pu être fait\u00a0: la mémoire de la tablette ne répond pas.',
    fullScreen: 'Plein écran',
    noFullScreen: 'Le navigateur a refusé le plein écran.',
  },
  place: {
    title: 'Changer de point d’accueil',
    help: 'Saisissez un nouveau code. Les réponses qui attendent sont gardées et partiront ensuite.',
    done: 'C’est fait. La tablette a son nouveau point d’accueil.',
    back: 'Revenir au menu',
  },
  trial: {
    banner: (minutes: number) =>
      `Mode essai\u00a0: les réponses ne comptent pas. Fin dans ${minutes} minute${minutes > 1 ? 's' : ''}.`,
    end: 'Terminer l’essai',
  },
  quiet: {
    title: 'Cet accueil est fermé',
    opensToday: (time: string) => `Ouverture aujourd’hui à ${time}`,
    opensTomorrow: (time: string) => `Ouverture demain à ${time}`,
    opensOn: (day: string, time: string) => `Ouverture ${day} à ${time}`,
    answer: 'Donner mon avis quand même',
    hours: 'Horaires d’ouverture',
    closed: 'fermé',
    span: (from: string, to: string) => `${from} – ${to}`,
  },
};
