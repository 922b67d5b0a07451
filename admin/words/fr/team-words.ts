import type { Role } from '../../../protocol/roles.ts';
import { t } from '../typography.ts';

const roles: Readonly<Record<Role, { readonly name: string; readonly what: string }>> = {
  administrator: {
    name: 'Administrateur',
    what: t`Tout, y compris les personnes et le journal.`,
  },
  quality: {
    name: 'Mission qualité',
    what: t`Tous les services : résultats, verbatims, publications, tablettes. Ni les personnes, ni le journal.`,
  },
  referent: {
    name: 'Référent',
    what: t`Les résultats et les verbatims des sites et services choisis, et d’eux seuls.`,
  },
  auditor: {
    name: 'Auditeur',
    what: t`Lit tout, journal compris, et ne change rien. Les coordonnées sont masquées.`,
  },
};

export const teamWords = {
  heading: 'Personnes',
  lead: 'Qui travaille avec Parvis, avec quel rôle et pour quels services.',
  roles,
  invite: 'Inviter une personne',
  noMail: t`Aucun serveur de messagerie n’est réglé : Parvis ne peut pas envoyer de lien de connexion. Le service informatique le règle avec SMTP_URL et MAIL_FROM, ou donne un lien avec « npm run sign-in-link ».`,
  deactivated: 'Désactivé',
  noRole: 'Aucun rôle',
  noPlace: 'Aucun site ni service',
  wholeOrganisation: 'Tous les services',
  lastSeen: (when: string) => t`Dernière activité : ${when}`,
  neverSeen: 'Pas de session ouverte',
  ways: {
    secondFactor: 'Mot de passe et code',
    password: 'Mot de passe sans code',
    link: 'Lien par courriel',
  },
  change: 'Modifier',
  sendLink: 'Envoyer un lien',
  deactivate: 'Désactiver',
  reactivate: 'Réactiver',
  of: (name: string) => `(${name})`,
  dialog: {
    inviteHeading: 'Inviter une personne',
    changeHeading: (name: string) => t`Rôle de ${name}`,
    name: 'Nom',
    email: 'Adresse électronique',
    role: 'Rôle',
    organisations: 'Organisations',
    places: 'Sites et services',
    placesHint: t`Un site comprend tous ses services, y compris ceux qui s’ajouteront.`,
    site: (name: string) => t`Tout le site : ${name}`,
    mixed: t`Cette personne a un rôle différent selon l’organisation. Enregistrer ici lui donne le même partout.`,
    nothing: 'Choisissez au moins une organisation, un site ou un service.',
    nameMissing: 'Indiquez un nom.',
    emailWrong: t`Cette adresse électronique n’est pas complète. Exemple : marie.dupont@ville.fr`,
    invite: 'Inviter',
    save: 'Enregistrer',
    sending: 'Envoi…',
  },
  deactivateHeading: (name: string) => t`Désactiver ${name} ?`,
  deactivateWhat: t`Ses sessions se ferment tout de suite et aucun lien ne l’ouvrira. Ce que cette personne a fait reste à son nom. Vous pourrez réactiver son compte.`,
  done: {
    invited: (name: string) => t`${name} a reçu un lien pour entrer, valable trois jours.`,
    invitedWithout: (name: string) =>
      t`${name} a maintenant un rôle, mais le lien n’a pas pu être envoyé. Demandez-en un au service informatique.`,
    changed: (name: string) => t`Le rôle de ${name} est enregistré.`,
    linkSent: (name: string) => t`Un lien de connexion a été envoyé à ${name}.`,
    linkFailed: (name: string) => t`Le lien pour ${name} n’a pas pu être envoyé.`,
    deactivated: (name: string) => t`Le compte de ${name} est désactivé.`,
    reactivated: (name: string) => t`Le compte de ${name} est réactivé.`,
  },
};
