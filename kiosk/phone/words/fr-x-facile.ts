import type { PhoneWords } from './words.ts';

export const EASY_FRENCH: PhoneWords = {
  opening: 'La page s’ouvre…',
  openingTroubled: 'Le téléphone n’a pas de réseau. Attendez, laissez la page ouverte.',
  sending: { title: 'Votre avis part…', help: 'Laissez la page ouverte.' },
  sendingTroubled:
    'Le téléphone n’a pas de réseau. Votre avis n’est pas encore parti. Le téléphone ne garde rien. Laissez la page ouverte.',
  arrived: 'Nous avons bien reçu votre avis. Votre nom n’est pas écrit.',
  mayClose: 'Le téléphone ne garde rien. Vous pouvez fermer la page.',
  refusals: {
    'no-code': {
      title: 'Il faut un code',
      help: 'Montrez le carré de la tablette à l’appareil photo de votre téléphone.',
    },
    used: {
      title: 'Ce code a déjà servi',
      help: 'Regardez la tablette. Montrez le nouveau carré à votre téléphone.',
    },
    expired: {
      title: 'Ce code est trop vieux',
      help: 'Regardez la tablette. Montrez le nouveau carré à votre téléphone.',
    },
    unknown: {
      title: 'Ce code n’est pas bon',
      help: 'Regardez la tablette. Montrez le nouveau carré à votre téléphone.',
    },
    revoked: {
      title: 'Cette tablette ne marche plus',
      help: 'Vous pouvez donner votre avis à l’accueil.',
    },
    ended: {
      title: 'Nous n’avons pas reçu votre avis',
      help: 'La page est restée ouverte trop longtemps. Montrez le nouveau carré de la tablette à votre téléphone.',
    },
    refused: {
      title: 'Nous n’avons pas reçu votre avis',
      help: 'Il y a une panne. Dites-le à l’accueil.',
    },
  },
};
