import type { Language } from '../../domain/survey.ts';

interface PresenceWords {
  readonly invitation: string;
  readonly how: string;
}

/** What stands beside the code; not among the kiosk's other words, which every start loads. */
export const PRESENCE_WORDS: Readonly<Record<Language, PresenceWords>> = {
  fr: {
    invitation: 'Ou répondez sur votre téléphone',
    how: 'Visez ce code avec l’appareil photo.',
  },
  'fr-x-facile': {
    invitation: 'Vous pouvez aussi répondre avec votre téléphone',
    how: 'Montrez ce carré à l’appareil photo de votre téléphone.',
  },
  pt: { invitation: 'Ou responda no seu telemóvel', how: 'Aponte a câmara para este código.' },
  en: { invitation: 'Or answer on your own phone', how: 'Point its camera at this code.' },
  es: { invitation: 'O responda en su teléfono', how: 'Apunte la cámara a este código.' },
  ar: { invitation: 'أو أجيبوا على هاتفكم', how: 'وجّهوا كاميرا الهاتف نحو هذا الرمز.' },
  tr: { invitation: 'Ya da kendi telefonunuzda yanıtlayın', how: 'Kamerayı bu koda doğrultun.' },
  uk: { invitation: 'Або дайте відповідь на своєму телефоні', how: 'Наведіть камеру на цей код.' },
  de: { invitation: 'Oder antworten Sie auf Ihrem Telefon', how: 'Richten Sie die Kamera auf diesen Code.' },
};
