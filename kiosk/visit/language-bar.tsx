import type { JSX } from 'preact';
import type { Language } from '../../domain/survey.ts';
import { SPEECH_BY_LANGUAGE, type Speech } from '../words/speech.ts';

interface Props {
  readonly speech: Speech;
  readonly onChoose: (language: Language) => void;
}

/** The languages, each by its own name; a flag would be a country. */
export function LanguageBar({ speech, onChoose }: Props): JSX.Element {
  return (
    <div class="language-bar" role="group" aria-label={speech.words.languages}>
      {Object.values(SPEECH_BY_LANGUAGE).map(({ language, direction, ownName }) => (
        <button
          key={language}
          type="button"
          class="button"
          lang={language}
          dir={direction}
          aria-pressed={language === speech.language}
          onClick={() => onChoose(language)}
        >
          {ownName}
        </button>
      ))}
    </div>
  );
}
