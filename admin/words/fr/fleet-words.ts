import { formatCount } from '../format.ts';
import { t } from '../typography.ts';

const s = (count: number) => (count > 1 ? 's' : '');

/** By what a tablet calls it (`protocol/known-loss.ts`); a later version may know more. */
const lossCauses: Readonly<Record<string, string>> & { readonly thinned: string } = {
  emptied: 'le navigateur a vidé sa mémoire',
  thinned: 'une partie de sa mémoire a été abîmée',
  unreadable: 'sa mémoire ne pouvait plus être lue',
};

export const fleetWords = {
  heading: 'Tablettes',
  add: 'Ajouter une tablette',
  summary: (alive: number, silent: number) =>
    silent === 0
      ? t`${alive} tablette${s(alive)} en service, aucune muette.`
      : t`${alive} tablette${s(alive)} en service, dont ${silent} muette${s(silent)}.`,
  none: 'Aucune tablette n’est encore installée',
  noneHelp: t`Ajoutez-en une : vous obtenez un code à taper sur la tablette, ou un lien à y ouvrir. Deux minutes suffisent.`,
  listLabel: 'Tablettes en service',
  point: 'Point d’accueil',
  state: {
    alive: 'En service',
    silent: 'Muette',
    neverSeen: 'Jamais vue',
    revoked: 'Révoquée',
  },
  lastSeen: (ago: string) => t`Dernier signe de vie : ${ago}`,
  neverSeen: 'Pas encore de signe de vie',
  silentSince: (since: string) => t`Muette depuis ${since}`,
  silentSinceEnrolment: t`Muette : aucun signe de vie depuis son enregistrement`,
  silentHelp: 'Vérifiez qu’elle est allumée, chargée et reliée au réseau. Les réponses y sont gardées.',
  enrolledOn: (date: string) => `Enregistrée le ${date}`,
  revokedOn: (date: string) => `Révoquée le ${date}`,
  waiting: (count: number) =>
    count === 0 ? 'Rien en attente' : `${formatCount(count)} réponse${s(count)} en attente d’envoi`,
  waitingSince: (since: string) => `la plus ancienne depuis ${since}`,
  received: (count: number) => `${formatCount(count)} réponse${s(count)} reçue${s(count)}`,
  tests: (count: number) => `${formatCount(count)} réponse${s(count)} d’essai, comptée${s(count)} nulle part`,
  missing: (count: number) => `${formatCount(count)} numéro${s(count)} manquant${s(count)}`,
  missingHelp: 'Des réponses numérotées par la tablette ne sont pas encore arrivées.',
  lost: (count: number, day: string, cause: string) =>
    t`${formatCount(count)} réponse${s(count)} perdue${s(count)} sur cette tablette le ${day} : ${lossCauses[cause] ?? lossCauses.thinned}`,
  lostHelp: (count: number) =>
    t`${count > 1 ? 'Elles n’étaient pas encore envoyées et ne reviendront pas' : 'Elle n’était pas encore envoyée et ne reviendra pas'} ; la tablette a repris d’elle-même.`,
  shared: (date: string) =>
    t`Deux tablettes portent le même enregistrement (vu pour la dernière fois le ${date}).`,
  sharedHelp: t`C’est ce qui arrive quand on copie une tablette entière. Toutes leurs réponses sont comptées, mais une perte sur l’une ne se verrait plus. Obtenez un nouveau code avec « Ajouter une tablette » et tapez-le sur l’une des deux : coin du premier écran, puis « Changer de point d’accueil ».`,
  epoch: (count: number) => t`Mémoire recommencée ${formatCount(count)} fois`,
  retained: (count: number) =>
    t`${formatCount(count)} gardée${s(count)} en double jusqu’à la prochaine sauvegarde`,
  storageAtRisk: t`Le navigateur n’a pas promis de garder ses données : installez l’application sur l’écran d’accueil.`,
  lastError: (error: string) => t`Dernière panne signalée : ${error}`,
  version: (version: string) => `Version ${version}`,
  technical: 'Détails techniques',
  revoke: 'Révoquer',
  revokeNamed: (point: string) => `Révoquer la tablette ${point}`,
  revokeHeading: 'Révoquer cette tablette',
  revokeBody: (point: string) =>
    t`La tablette « ${point} » ne pourra plus rien envoyer. Ses réponses déjà reçues restent comptées. Pour la remettre en service, il faudra un nouveau code.`,
  revokeWaiting: (count: number) =>
    t`Attention : ${formatCount(count)} réponse${s(count)} attend${count > 1 ? 'ent' : ''} encore sur cette tablette et n’arriver${count > 1 ? 'ont' : 'a'} plus.`,
  revokeConfirm: 'Révoquer la tablette',
  revoked: (point: string) => `La tablette ${point} est révoquée.`,
  revokedHeading: 'Tablettes révoquées',
  enrol: {
    heading: 'Ajouter une tablette',
    choose: t`À quel point d’accueil se trouvera-t-elle ?`,
    inPreparation: 'en préparation',
    submit: 'Obtenir un code',
    code: 'Code à taper sur la tablette',
    link: 'Ou lien à ouvrir sur la tablette',
    once: (until: string) => t`Affiché une seule fois, valable jusqu’au ${until}, pour une seule tablette.`,
    copyCode: 'Copier le code',
    copyLink: 'Copier le lien',
    steps: 'Sur la tablette, ouvrez le lien, ou l’adresse du kiosque puis tapez le code.',
    done: 'Terminé',
  },
  staffCode: {
    heading: 'Code du menu',
    explain: t`Sur la tablette, tenez un doigt trois secondes dans le coin du premier écran où commence la lecture (ou Ctrl + Alt + Maj + M sur un clavier), puis tapez ce code. Il n’ouvre que le menu de la tablette.`,
    chosen: (date: string) => `choisi par un administrateur le ${date}, montré nulle part`,
    change: 'Changer',
    changeNamed: (organisation: string) => `Changer le code du menu, ${organisation}`,
    label: 'Nouveau code',
    hint: t`4 à 8 chiffres. Notez-le : il ne sera plus affiché. Les tablettes reliées au réseau le prennent en une minute ou deux.`,
    fault: 'Tapez de 4 à 8 chiffres, sans espace.',
    submit: 'Changer le code',
    changed: (organisation: string) => t`Le code du menu est changé : ${organisation}.`,
  },
  rescue: {
    open: 'Importer un fichier de secours',
    heading: 'Importer un fichier de secours',
    label: 'Fichier fait sur la tablette',
    hint: 'Il se nomme parvis-secours-….json. Importé deux fois, il ne compte rien deux fois.',
    submit: 'Importer',
    sending: 'Import en cours…',
    none: 'Choisissez d’abord le fichier.',
    notOne: 'Ce n’est pas un fichier de secours de Parvis.',
    damaged: t`Ce fichier est abîmé : rien n’a été importé. Refaites-le sur la tablette.`,
    unknown: 'La tablette de ce fichier n’est pas connue ici. Rien n’a été importé.',
    from: (point: string) => t`Tablette : ${point}`,
    accepted: (count: number) =>
      count === 0 ? 'Aucune réponse ajoutée' : `${formatCount(count)} réponse${s(count)} ajoutée${s(count)}`,
    duplicate: (count: number) => `${formatCount(count)} déjà là`,
    erased: (count: number) =>
      `${formatCount(count)} effacée${s(count)} auparavant, qui le reste${count > 1 ? 'nt' : ''}`,
    quarantined: (count: number) =>
      `${formatCount(count)} mise${s(count)} de côté, voir plus bas dans la page`,
    done: 'Terminé',
  },
  backup: {
    last: (ago: string) => t`Dernière sauvegarde du serveur : ${ago}.`,
    none: 'Le serveur n’a encore jamais été sauvegardé',
    noneHelp: 'La première sauvegarde se fait la nuit suivant l’installation.',
    failed: (date: string) => `La dernière sauvegarde du serveur a échoué le ${date}`,
    late: (since: string) => `Le serveur n’a pas été sauvegardé depuis ${since}`,
    help: 'Prévenez le service informatique. En attendant, les tablettes gardent en double ce qu’elles ont envoyé.',
  },
  quarantine: {
    heading: 'Réponses mises de côté',
    explain: t`Ces envois n’ont pas pu être compris. Ils sont gardés entiers et pourront être relus après une mise à jour.`,
    caption: 'Réponses mises de côté, de la plus récente à la plus ancienne',
    none: 'Aucune réponse n’a dû être mise de côté.',
    receivedAt: 'Reçue',
    point: 'Point d’accueil',
    reason: 'Pourquoi',
    size: 'Taille',
    bytes: (bytes: number) => `${formatCount(bytes)} octets`,
  },
};
