import type { PhoneWords } from './words.ts';

export const FRENCH: PhoneWords = {
  opening: 'Ouverture du questionnaire…',
  openingTroubled: 'Le réseau ne répond pas. Cette page essaie encore\u00a0: laissez-la ouverte.',
  sending: { title: 'Envoi de votre avis…', help: 'Gardez cette page ouverte.' },
  sendingTroubled:
    'Le réseau ne répond pas. Votre avis n’est pas encore arrivé et rien n’est gardé sur ce téléphone\u00a0: laissez cette page ouverte, elle essaie encore.',
  arrived: 'Votre avis est bien arrivé, sans votre nom.',
  mayClose: 'Rien n’est gardé sur ce téléphone. Vous pouvez fermer cette page.',
  refusals: {
    'no-code': {
      title: 'Cette page s’ouvre avec un code',
      help: 'Visez le code affiché sur la tablette avec l’appareil photo. Rien n’est gardé sur ce téléphone\u00a0: une page rechargée demande un nouveau code.',
    },
    used: {
      title: 'Ce code a déjà servi',
      help: 'Scannez celui qui est affiché maintenant.',
    },
    expired: {
      title: 'Ce code est trop ancien',
      help: 'Scannez celui qui est affiché maintenant sur la tablette.',
    },
    unknown: {
      title: 'Ce code n’est pas reconnu',
      help: 'Scannez celui qui est affiché maintenant sur la tablette.',
    },
    revoked: {
      title: 'Cette tablette n’est plus en service',
      help: 'Vous pouvez donner votre avis à l’accueil.',
    },
    ended: {
      title: 'Votre avis n’a pas été reçu',
      help: 'Cette page est restée ouverte trop longtemps. Scannez le code affiché maintenant sur la tablette.',
    },
    refused: {
      title: 'Votre avis n’a pas été reçu',
      help: 'Le serveur ne l’a pas accepté. Veuillez le signaler à l’accueil.',
    },
  },
};
