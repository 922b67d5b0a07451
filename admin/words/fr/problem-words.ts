import type { ProblemCode } from '../../../protocol/problem.ts';
import { t } from '../typography.ts';

/** What each of the server's problems means to somebody at a desk, and what to do about it. */
const byCode: Readonly<Record<ProblemCode, string>> = {
  'malformed-request': 'Le serveur n’a pas compris la demande. Rechargez la page, puis recommencez.',
  'not-signed-in': 'Vous n’êtes plus connecté. Connectez-vous pour continuer.',
  'wrong-credentials': 'Adresse électronique ou mot de passe non reconnu.',
  'second-factor-required': 'Ajoutez d’abord un code à usage unique à votre compte.',
  'fresh-link-needed': t`Pour ce changement, déconnectez-vous, demandez un nouveau lien, et faites-le dans le quart d’heure qui suit.`,
  'second-factor-needed': 'Indiquez le code de votre application d’authentification.',
  'second-factor-wrong': t`Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant, puis recommencez.`,
  'device-unknown': 'Cet appareil n’est pas enregistré.',
  'device-revoked': 'L’enregistrement de cet appareil a été révoqué.',
  'not-allowed': 'Votre compte ne donne pas accès à cette page.',
  'origin-refused':
    'La demande vient d’une autre adresse que celle du site. Ouvrez le site par son adresse habituelle.',
  'code-unknown': 'Ce code est inconnu, déjà utilisé ou périmé.',
  'link-unknown':
    'Ce lien est inconnu, déjà utilisé ou périmé. Demandez-en un autre au service informatique.',
  'presence-code-forged': 'Aucune tablette n’a affiché ce code.',
  'presence-code-revoked': 'La tablette qui affiche ce code a été retirée du service.',
  'presence-code-used': 'Ce code a déjà servi.',
  'presence-code-expired': 'Ce code est trop ancien.',
  'visit-grant-unknown': 'Cette visite n’est pas connue du serveur.',
  'visit-grant-used': 'Cette visite a déjà laissé son avis.',
  'visit-grant-expired': 'Cette visite a été ouverte il y a trop longtemps.',
  'not-found': 'Il n’y a rien à cette adresse.',
  'method-not-allowed': 'Le serveur refuse cette action ici.',
  'request-timeout': 'La demande a mis trop de temps à arriver. Réessayez.',
  'export-too-large':
    'Trop de réponses pour un fichier ODS (1\u202f048\u202f575 au plus). Choisissez une période plus courte, ou le format XLSX ou CSV.',
  'base-too-small': 'Trop peu de réponses pour publier un résultat.',
  'last-administrator':
    'Cette organisation n’aurait plus d’administrateur. Donnez d’abord ce rôle à quelqu’un d’autre.',
  conflict: t`Quelqu’un a changé cela entre-temps. Rechargez la page pour voir où cela en est.`,
  'too-large': 'La demande est trop lourde.',
  'encoding-refused': 'Le serveur refuse la demande sous cette forme. Rechargez la page, puis recommencez.',
  'media-type-refused': 'Le serveur refuse la demande sous cette forme. Rechargez la page, puis recommencez.',
  unprocessable: 'Une des informations n’est pas correcte.',
  'protocol-unsupported': 'Cette page est d’une autre version que le serveur. Rechargez-la.',
  'too-many-requests': 'Trop d’essais en peu de temps. Attendez une minute, puis recommencez.',
  internal: t`Le serveur a rencontré une erreur. Réessayez ; si cela dure, prévenez le service informatique.`,
  overloaded: 'Le serveur est très occupé. Réessayez dans un instant.',
  'storage-full': 'Le disque du serveur est plein. Prévenez le service informatique.',
};

export const problemWords = {
  byCode: (code: ProblemCode) => byCode[code],
  unreachable: 'Le serveur ne répond pas. Vérifiez le réseau, puis réessayez.',
  unreadable: (status: number) =>
    t`La réponse reçue n’est pas celle de Parvis (code ${status}). Rechargez la page ; si cela dure, prévenez le service informatique.`,
};
