import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { LANGUAGES, type Language } from '../../domain/survey.ts';
import { OWN_NAMES, directionOf } from '../words/languages.ts';
import type { Speech } from '../words/speech.ts';
import { IDLE_MS } from './idle-clock.ts';

interface Props {
  readonly speech: Speech;
  readonly onChoose: (language: Language) => void;
  readonly onClose: () => void;
}

/** Gone before the visit asks whether it goes on, so that nobody finds the last visitor's panel open. */
const OPEN_MS = IDLE_MS - 1_000;

/** The languages, each by its own name, in its own script and direction. A touch beside them changes nothing. */
export function LanguagePanel({ speech, onChoose, onClose }: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const current = useRef<HTMLButtonElement>(null);

  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    current.current?.focus();
    // Closing, and not only removing, gives the focus back to where it was.
    return () => shown?.close();
  }, []);
  useEffect(() => {
    const timer = setTimeout(onClose, OPEN_MS);
    return () => clearTimeout(timer);
  }, []);

  return (
    <dialog
      ref={dialog}
      class="panel language-panel"
      aria-label={speech.words.languages}
      onClose={onClose}
      onClick={onClose}
    >
      <div class="language-list">
        {LANGUAGES.map((language) => (
          <button
            key={language}
            {...(language === speech.language && { ref: current })}
            type="button"
            class="button"
            lang={language}
            dir={directionOf(language)}
            aria-pressed={language === speech.language}
            onClick={() => onChoose(language)}
          >
            {OWN_NAMES[language]}
          </button>
        ))}
      </div>
      <button type="button" class="button at-end">
        {speech.words.close}
      </button>
    </dialog>
  );
}
