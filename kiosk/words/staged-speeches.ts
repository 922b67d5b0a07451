import { LANGUAGES } from '../../domain/survey.ts';
import { type Speeches, createSpeeches } from './speeches.ts';

/** Every language the tablet can speak, brought from its own part. For tests of the screens. */
export async function bringAllSpeeches(): Promise<Speeches> {
  const speeches = createSpeeches(async (language) => {
    const { WORDS } = (await import(`./words-${language}.part.ts`)) as typeof import('./words-en.part.ts');
    return WORDS;
  });
  await Promise.all(LANGUAGES.map(speeches.bring));
  return speeches;
}
