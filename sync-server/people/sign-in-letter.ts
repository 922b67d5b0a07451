import type { Letter } from '../mail/send-mail.ts';
import type { KeyChange } from './account.ts';

const NBSP = '\u00a0';

/** What somebody is sent who asked for a link. It says neither who they are nor what they may see: a letter may be read by others. */
export function signInLetter(to: string, url: string, minutes: number): Letter {
  return {
    to,
    subject: 'Votre lien de connexion à Parvis',
    text: [
      'Bonjour,',
      `Voici votre lien pour entrer dans Parvis, l’outil des accueils. Il sert une fois, pendant ${minutes}${NBSP}minutes${NBSP}:`,
      url,
      'Ouvrez-le sur l’appareil où vous voulez travailler. Si vous n’avez rien demandé, vous pouvez ignorer ce message.',
      '',
    ].join('\n\n'),
  };
}

/** What somebody is sent who was given a role. */
export function invitationLetter(
  to: string,
  url: string,
  { by, days }: { by: string; days: number },
): Letter {
  return {
    to,
    subject: 'Votre accès à Parvis',
    text: [
      'Bonjour,',
      `${by} vous a ouvert un accès à Parvis, l’outil de suivi de la satisfaction aux accueils. Pour entrer la première fois, ouvrez ce lien dans les ${days}${NBSP}jours${NBSP}; il sert une fois${NBSP}:`,
      url,
      'Ensuite, la page de connexion vous envoie un nouveau lien quand vous le demandez.',
      '',
    ].join('\n\n'),
  };
}

const CHANGES: Readonly<Record<KeyChange, string>> = {
  email: 'L’adresse électronique de votre compte Parvis vient d’être changée. Celle-ci n’y donne plus accès.',
  password: 'Le mot de passe de votre compte Parvis vient d’être changé.',
  'email-and-password':
    'L’adresse électronique et le mot de passe de votre compte Parvis viennent d’être changés. Cette adresse-ci n’y donne plus accès.',
};

/** What the address of before is told. Without a link: nobody is to be taught to follow one out of such a letter. */
export function accountChangedLetter(to: string, changed: KeyChange): Letter {
  return {
    to,
    subject: 'Votre compte Parvis a été modifié',
    text: [
      'Bonjour,',
      CHANGES[changed],
      'Si c’est vous, vous n’avez rien à faire. Sinon, prévenez tout de suite la personne qui gère les accès à Parvis, ou votre service informatique.',
      '',
    ].join('\n\n'),
  };
}
