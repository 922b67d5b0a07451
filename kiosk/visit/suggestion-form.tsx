import type { JSX, RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { VerbatimItem } from '../../domain/survey.ts';
import type { Kiosk } from '../kiosk.ts';
import { type Speech, fillCount, wordingIn } from '../words/speech.ts';

/** How long typing rests before the characters left are read out. */
const ANNOUNCE_AFTER_MS = 1_500;

interface Props {
  readonly item: VerbatimItem;
  readonly draft: string;
  readonly speech: Speech;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly kiosk: Kiosk;
}

/** The optional free text. What is typed lives in the visit alone; this field only shows it. */
export function SuggestionForm({ item, draft, speech, heading, kiosk }: Props): JSX.Element {
  const { words } = speech;
  const stem = wordingIn(speech, item.stem);
  const left = fillCount(speech, words.charactersLeft, Math.max(0, item.maxLength - draft.length));
  const announced = useRested(draft === '' ? '' : left);
  return (
    <div class="suggestion" data-item={item.itemId}>
      <h1 ref={heading} tabIndex={-1} lang={stem.lang} dir="auto">
        <label for={item.itemId}>{stem.text}</label>
      </h1>
      <p id="suggestion-help" class="hint">
        {words.suggestionHelp}
      </p>
      <textarea
        id={item.itemId}
        name={item.itemId}
        aria-describedby="suggestion-help suggestion-left"
        rows={4}
        maxLength={item.maxLength}
        autocomplete="off"
        autocapitalize="sentences"
        autocorrect="off"
        spellcheck={false}
        value={draft}
        onInput={(event) => kiosk.type(event.currentTarget.value)}
      />
      <p id="suggestion-left" class="hint">
        {left}
      </p>
      <p class="unseen" role="status">
        {announced}
      </p>
    </div>
  );
}

/** Follows a text once it has stopped changing, so that a screen reader is not given a figure for each letter. */
function useRested(text: string): string {
  const [rested, setRested] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), ANNOUNCE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
