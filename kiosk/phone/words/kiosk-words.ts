import type { PartLanguage } from '../../words/speeches.ts';
import type { Words } from '../../words/words.ts';

/** The tablet's words in each language, each a file that a telephone fetches when it is wanted. */
const LOADERS: Readonly<Record<PartLanguage, () => Promise<{ readonly WORDS: Words }>>> = {
  'fr-x-facile': () => import('../../words/words-fr-x-facile.part.ts'),
  pt: () => import('../../words/words-pt.part.ts'),
  en: () => import('../../words/words-en.part.ts'),
  es: () => import('../../words/words-es.part.ts'),
  ar: () => import('../../words/words-ar.part.ts'),
  tr: () => import('../../words/words-tr.part.ts'),
  uk: () => import('../../words/words-uk.part.ts'),
  de: () => import('../../words/words-de.part.ts'),
};

export async function loadKioskWords(language: PartLanguage): Promise<Words> {
  return (await LOADERS[language]()).WORDS;
}
