import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Comfort } from '../../domain/comfort.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import type { Kiosk } from '../kiosk.ts';
import type { Speech } from '../words/speech.ts';
import { CLOSING_MS } from './idle-clock.ts';
import { Paving } from './place.tsx';
import { Top } from './top.tsx';
import { useHeadingFocus } from './use-heading-focus.ts';

interface Props {
  readonly kiosk: Kiosk;
  readonly assignment: Assignment;
  readonly speech: Speech;
  readonly comfort: Comfort;
}

/**
 * Says that the answer is kept. For a few seconds touches do nothing, and there is nothing that looks as if they did; then a touch below the
 * bars makes room for the next visitor, and after a while the engine does.
 */
export function ThanksScreen({ kiosk, assignment, speech, comfort }: Props): JSX.Element {
  const { words } = speech;
  const heading = useHeadingFocus('thanks');
  const [isClosing, setClosing] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setClosing(false), CLOSING_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div
      class="screen"
      data-screen="thanks"
      onClick={({ target }) => {
        if (target instanceof Element && target.closest('header') === null) kiosk.leaveThanks();
      }}
    >
      <Top kiosk={kiosk} assignment={assignment} speech={speech} comfort={comfort} />
      <main class="message">
        <svg class="thanks-mark" viewBox="0 0 120 120" aria-hidden="true">
          <circle class="disc level-1" cx="60" cy="60" r="56" />
          <path class="tick" d="M34 62l18 19 35-40" />
        </svg>
        <h1 ref={heading} tabIndex={-1}>
          {words.thanks}
        </h1>
        <p class="message-text" role="status">
          {words.kept}
        </p>
        <p class="hint">{words.returning}</p>
        <button type="button" class={isClosing ? 'button held-back' : 'button'}>
          {words.returnNow}
        </button>
      </main>
      <Paving />
    </div>
  );
}
