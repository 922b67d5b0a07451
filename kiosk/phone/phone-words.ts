import type { Language } from '../../domain/survey.ts';
import { ARABIC } from './words/ar.ts';
import { GERMAN } from './words/de.ts';
import { ENGLISH } from './words/en.ts';
import { SPANISH } from './words/es.ts';
import { EASY_FRENCH } from './words/fr-x-facile.ts';
import { FRENCH } from './words/fr.ts';
import { PORTUGUESE } from './words/pt.ts';
import { TURKISH } from './words/tr.ts';
import { UKRAINIAN } from './words/uk.ts';
import type { PhoneWords } from './words/words.ts';

/** What only the telephone's page says, in every language. */
export const PHONE_WORDS: Readonly<Record<Language, PhoneWords>> = {
  fr: FRENCH,
  'fr-x-facile': EASY_FRENCH,
  pt: PORTUGUESE,
  en: ENGLISH,
  es: SPANISH,
  ar: ARABIC,
  tr: TURKISH,
  uk: UKRAINIAN,
  de: GERMAN,
};
