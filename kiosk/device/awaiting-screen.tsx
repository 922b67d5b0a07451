import type { JSX } from 'preact';
import { ParvisMark, Paving } from '../visit/place.tsx';
import { useHeadingFocus } from '../visit/use-heading-focus.ts';
import type { Speech } from '../words/speech.ts';

/** The tablet has its place and waits for what to ask there. */
export function AwaitingScreen({ speech }: { readonly speech: Speech }): JSX.Element {
  const heading = useHeadingFocus('awaiting');
  return (
    <div class="screen" data-screen="awaiting">
      <main class="message">
        <ParvisMark />
        <h1 ref={heading} tabIndex={-1}>
          {speech.words.awaitingTitle}
        </h1>
        <p class="message-text" role="status">
          {speech.words.awaitingHelp}
        </p>
      </main>
      <Paving />
    </div>
  );
}
