import type { Language } from '../../domain/survey.ts';

/** A language is shown once its words are there, to the visitor who chose it and to nobody after. */
export interface LanguageChoice {
  choose(language: Language): Promise<void>;
  /** Whoever chose has gone. */
  forget(): void;
}

export function createLanguageChoice(ports: {
  /** Fetches a language's words; refuses where they cannot be had. */
  readonly bringWords: (language: Language) => Promise<void>;
  readonly onChosen: (language: Language) => void;
  /** Notes a short code for the next report. */
  readonly onError: (code: string) => void;
}): LanguageChoice {
  /** Grows with each choice, and when it is forgotten: an older one is no longer wanted. */
  let turn = 0;
  return {
    async choose(language) {
      turn += 1;
      const own = turn;
      try {
        await ports.bringWords(language);
      } catch {
        return ports.onError(`words-${language}-missing`);
      }
      if (own === turn) ports.onChosen(language);
    },
    forget() {
      turn += 1;
    },
  };
}
