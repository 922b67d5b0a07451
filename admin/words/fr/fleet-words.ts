import { formatCount } from '../format.ts';
import { t } from '../typography.ts';

const s = (count: number) => (count > 1 ? 's' : '');

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
  missing: (count: number) => `${formatCount(count)} numéro${s(count)} manquant${s(count)}`,
  missingHelp: 'Des réponses numérotées par la tablette ne sont pas encore arrivées.',
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
