import type { Language } from '../../domain/survey.ts';
import { FRENCH } from './fr.ts';
import { directionOf } from './languages.ts';
import type { Speech } from './speech.ts';
import type { Words } from './words.ts';

/** The languages whose words are a part of their own (`words-LANGUAGE.part.ts`). */
export type PartLanguage = Exclude<Language, 'fr'>;

/** The languages the tablet can speak at this moment. French is always there; the others are brought when somebody wants them. */
export interface Speeches {
  /** How a language is spoken; French where its words have not been brought, never half of one and half of the other. */
  speak(language: Language): Speech;
  /** Brings a language's words; refuses when they cannot be had. */
  bring(language: Language): Promise<void>;
}

export const FRENCH_SPEECH: Speech = { language: 'fr', direction: 'ltr', words: FRENCH };

export function createSpeeches(loadWords: (language: PartLanguage) => Promise<Words>): Speeches {
  const brought = new Map<Language, Speech>([['fr', FRENCH_SPEECH]]);
  return {
    speak: (language) => brought.get(language) ?? FRENCH_SPEECH,
    async bring(language) {
      if (language === 'fr' || brought.has(language)) return;
      const words = await loadWords(language);
      brought.set(language, { language, direction: directionOf(language), words });
    },
  };
}
