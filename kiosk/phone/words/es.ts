import type { PhoneWords } from './words.ts';

export const SPANISH: PhoneWords = {
  opening: 'Abriendo el cuestionario…',
  openingTroubled: 'La red no responde. Esta página sigue intentándolo: déjela abierta.',
  sending: { title: 'Enviando su opinión…', help: 'Mantenga esta página abierta.' },
  sendingTroubled:
    'La red no responde. Su opinión aún no ha llegado y nada se guarda en este teléfono: deje esta página abierta, sigue intentándolo.',
  arrived: 'Su opinión ha llegado, sin su nombre.',
  mayClose: 'Nada se guarda en este teléfono. Puede cerrar esta página.',
  refusals: {
    'no-code': {
      title: 'Esta página se abre con un código',
      help: 'Apunte la cámara al código de la tableta. Nada se guarda en este teléfono: una página recargada pide un código nuevo.',
    },
    used: { title: 'Este código ya se ha usado', help: 'Escanee el que se muestra ahora.' },
    expired: {
      title: 'Este código es demasiado antiguo',
      help: 'Escanee el que muestra ahora la tableta.',
    },
    unknown: { title: 'Este código no se reconoce', help: 'Escanee el que muestra ahora la tableta.' },
    revoked: {
      title: 'Esta tableta ya no está en servicio',
      help: 'Puede dar su opinión en la recepción.',
    },
    ended: {
      title: 'No se ha recibido su opinión',
      help: 'Esta página ha estado abierta demasiado tiempo. Escanee el código que muestra ahora la tableta.',
    },
    refused: {
      title: 'No se ha recibido su opinión',
      help: 'El servidor no la ha aceptado. Avise a la recepción, por favor.',
    },
  },
};
