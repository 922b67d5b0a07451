import type { PhoneWords } from './words.ts';

export const ENGLISH: PhoneWords = {
  opening: 'Opening the questionnaire…',
  openingTroubled: 'The network does not answer. This page keeps trying: leave it open.',
  sending: { title: 'Sending your opinion…', help: 'Keep this page open.' },
  sendingTroubled:
    'The network does not answer. Your opinion has not arrived yet, and nothing is kept on this phone: leave this page open, it keeps trying.',
  arrived: 'Your opinion has arrived, without your name.',
  mayClose: 'Nothing is kept on this phone. You may close this page.',
  refusals: {
    'no-code': {
      title: 'This page opens with a code',
      help: 'Point your camera at the code on the tablet. Nothing is kept on this phone: a page loaded again asks for a new code.',
    },
    used: { title: 'This code has been used already', help: 'Scan the one that is shown now.' },
    expired: { title: 'This code is too old', help: 'Scan the one that the tablet shows now.' },
    unknown: { title: 'This code is not recognised', help: 'Scan the one that the tablet shows now.' },
    revoked: {
      title: 'This tablet is no longer in service',
      help: 'You can give your opinion at the reception.',
    },
    ended: {
      title: 'Your opinion was not received',
      help: 'This page was open for too long. Scan the code that the tablet shows now.',
    },
    refused: {
      title: 'Your opinion was not received',
      help: 'The server did not accept it. Please tell the reception.',
    },
  },
};
