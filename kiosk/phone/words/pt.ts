import type { PhoneWords } from './words.ts';

export const PORTUGUESE: PhoneWords = {
  opening: 'A abrir o questionário…',
  openingTroubled: 'A rede não responde. Esta página continua a tentar: deixe-a aberta.',
  sending: { title: 'A enviar a sua opinião…', help: 'Mantenha esta página aberta.' },
  sendingTroubled:
    'A rede não responde. A sua opinião ainda não chegou e nada fica guardado neste telemóvel: deixe esta página aberta, ela continua a tentar.',
  arrived: 'A sua opinião chegou, sem o seu nome.',
  mayClose: 'Nada fica guardado neste telemóvel. Pode fechar esta página.',
  refusals: {
    'no-code': {
      title: 'Esta página abre-se com um código',
      help: 'Aponte a câmara para o código mostrado no tablet. Nada fica guardado neste telemóvel: uma página recarregada pede um novo código.',
    },
    used: { title: 'Este código já foi usado', help: 'Leia o que está a ser mostrado agora.' },
    expired: { title: 'Este código é demasiado antigo', help: 'Leia o que o tablet mostra agora.' },
    unknown: { title: 'Este código não é reconhecido', help: 'Leia o que o tablet mostra agora.' },
    revoked: {
      title: 'Este tablet já não está em serviço',
      help: 'Pode dar a sua opinião na receção.',
    },
    ended: {
      title: 'A sua opinião não foi recebida',
      help: 'Esta página esteve aberta demasiado tempo. Leia o código que o tablet mostra agora.',
    },
    refused: {
      title: 'A sua opinião não foi recebida',
      help: 'O servidor não a aceitou. Por favor, avise a receção.',
    },
  },
};
