import type { JSX } from 'preact';
import type { Kiosk } from '../kiosk.ts';
import type { Speech } from '../words/speech.ts';

interface Props {
  readonly kiosk: Kiosk;
  readonly speech: Speech;
  readonly isFirstStep: boolean;
  readonly isSuggestion: boolean;
  /** « Envoyer » */
  readonly onSend: () => void;
}

/** The ways on from a step, beside answering it. */
export function StepFoot({ kiosk, speech, isFirstStep, isSuggestion, onSend }: Props): JSX.Element {
  const { words } = speech;
  return (
    // A press must not take the focus from the field: its keyboard would go, and the button move from under the finger.
    <footer class="row" onMouseDown={(event) => event.preventDefault()}>
      {!isFirstStep && (
        <button type="button" class="button" onClick={() => kiosk.goBack()}>
          <BackMark />
          {words.back}
        </button>
      )}
      <button type="button" class="button at-end" onClick={() => kiosk.finish()}>
        {isSuggestion ? words.finishWithoutSuggestion : words.finish}
      </button>
      {isSuggestion && (
        <button type="button" class="button button-main" onClick={onSend}>
          {words.send}
        </button>
      )}
    </footer>
  );
}

function BackMark(): JSX.Element {
  return (
    <svg class="turns" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M19 12H5m6-6-6 6 6 6" />
    </svg>
  );
}
