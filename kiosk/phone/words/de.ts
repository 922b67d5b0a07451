import type { PhoneWords } from './words.ts';

export const GERMAN: PhoneWords = {
  opening: 'Der Fragebogen wird geöffnet…',
  openingTroubled: 'Das Netz antwortet nicht. Diese Seite versucht es weiter: Lassen Sie sie offen.',
  sending: { title: 'Ihre Meinung wird gesendet…', help: 'Lassen Sie diese Seite offen.' },
  sendingTroubled:
    'Das Netz antwortet nicht. Ihre Meinung ist noch nicht angekommen, und auf diesem Telefon wird nichts gespeichert: Lassen Sie diese Seite offen, sie versucht es weiter.',
  arrived: 'Ihre Meinung ist angekommen, ohne Ihren Namen.',
  mayClose: 'Auf diesem Telefon wird nichts gespeichert. Sie können diese Seite schließen.',
  refusals: {
    'no-code': {
      title: 'Diese Seite öffnet sich mit einem Code',
      help: 'Richten Sie die Kamera auf den Code des Tablets. Auf diesem Telefon wird nichts gespeichert: Eine neu geladene Seite braucht einen neuen Code.',
    },
    used: {
      title: 'Dieser Code wurde schon benutzt',
      help: 'Scannen Sie den, der jetzt angezeigt wird.',
    },
    expired: {
      title: 'Dieser Code ist zu alt',
      help: 'Scannen Sie den, den das Tablet jetzt anzeigt.',
    },
    unknown: {
      title: 'Dieser Code ist nicht bekannt',
      help: 'Scannen Sie den, den das Tablet jetzt anzeigt.',
    },
    revoked: {
      title: 'Dieses Tablet ist nicht mehr in Betrieb',
      help: 'Sie können Ihre Meinung am Empfang abgeben.',
    },
    ended: {
      title: 'Ihre Meinung ist nicht angekommen',
      help: 'Diese Seite war zu lange offen. Scannen Sie den Code, den das Tablet jetzt anzeigt.',
    },
    refused: {
      title: 'Ihre Meinung ist nicht angekommen',
      help: 'Der Server hat sie nicht angenommen. Bitte sagen Sie es am Empfang.',
    },
  },
};
