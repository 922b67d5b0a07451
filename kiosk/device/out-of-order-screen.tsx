import type { JSX } from 'preact';
import { Paving } from '../visit/place.tsx';
import { useHeadingFocus } from '../visit/use-heading-focus.ts';
import { faultToText } from '../words/fr/fault-words.ts';
import type { Speech } from '../words/speech.ts';

interface Props {
  readonly speech: Speech;
  /** For whoever comes to mend it; null where none is known. */
  readonly reason: string | null;
}

/** Nothing can be kept, so nothing is asked and nobody is thanked. */
export function OutOfOrderScreen({ speech, reason }: Props): JSX.Element {
  const { words } = speech;
  const heading = useHeadingFocus('out-of-order');
  return (
    <div class="screen" data-screen="out-of-order">
      <main class="message">
        <svg class="out-of-order-mark" viewBox="0 0 120 120" aria-hidden="true">
          <circle class="disc disc-empty" cx="60" cy="60" r="52" />
          <path d="M60 32v36M60 86v1" />
        </svg>
        <h1 ref={heading} tabIndex={-1}>
          {words.outOfOrderTitle}
        </h1>
        <div role="alert">
          <p class="message-text">{words.outOfOrderHelp}</p>
          <p class="message-text message-strong">{words.outOfOrderWhom}</p>
        </div>
        {reason && (
          <p class="hint" lang="fr" dir="ltr">
            {faultToText(reason)}
          </p>
        )}
      </main>
      <Paving />
    </div>
  );
}
