import type { Language } from '../../domain/survey.ts';

/** What each language calls itself: it must be read before its own words are there. */
export const OWN_NAMES: Readonly<Record<Language, string>> = {
  fr: 'Français',
  'fr-x-facile': 'Français facile',
  pt: 'Português',
  en: 'English',
  es: 'Español',
  ar: 'العربية',
  tr: 'Türkçe',
  uk: 'Українська',
  de: 'Deutsch',
};

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/** Whose numbers and plurals a language follows: of Europe for Portuguese, of the Maghreb, with Latin figures, for Arabic. */
export function localeOf(language: Language): string {
  return LOCALES[language] ?? language;
}

const LOCALES: { readonly [language in Language]?: string } = { pt: 'pt-PT', ar: 'ar-MA-u-nu-latn' };
