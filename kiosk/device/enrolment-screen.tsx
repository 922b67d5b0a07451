import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Language } from '../../domain/survey.ts';
import { CODE_LENGTH } from '../../protocol/enrolment.ts';
import type { EnrolmentFailure, Kiosk } from '../kiosk.ts';
import { LanguageBar } from '../visit/language-bar.tsx';
import { ParvisMark, Paving } from '../visit/place.tsx';
import { useHeadingFocus } from '../visit/use-heading-focus.ts';
import { type Speech, fillCount } from '../words/speech.ts';

interface Props {
  readonly kiosk: Kiosk;
  readonly speech: Speech;
  readonly isEnrolling: boolean;
  readonly failure: EnrolmentFailure | null;
  readonly onChooseLanguage: (language: Language) => void;
}

/** Staff type the eight letters that give this tablet its place. */
export function EnrolmentScreen({
  kiosk,
  speech,
  isEnrolling,
  failure,
  onChooseLanguage,
}: Props): JSX.Element {
  const { words } = speech;
  const heading = useHeadingFocus('enrol');
  const field = useRef<HTMLInputElement>(null);
  const [letters, setLetters] = useState('');
  const [isIncomplete, setIsIncomplete] = useState(false);
  const fault = isIncomplete ? words.codeIncomplete : failure && failureToText(speech, failure);

  function onSubmit(event: Event): void {
    event.preventDefault();
    if (isEnrolling) return;
    setIsIncomplete(letters.length < CODE_LENGTH);
    if (letters.length === CODE_LENGTH) void kiosk.enrol(letters);
    else field.current?.focus();
  }

  return (
    <div class="screen" data-screen="enrol">
      <header class="top">
        <ParvisMark />
        <LanguageBar speech={speech} onChoose={onChooseLanguage} />
      </header>
      <main class="message">
        <h1 ref={heading} tabIndex={-1}>
          {words.enrolTitle}
        </h1>
        <p class="message-text">{words.enrolHelp}</p>
        <form class="enrolment" onSubmit={onSubmit} noValidate>
          <label for="code">{words.enrolLabel}</label>
          <input
            ref={field}
            id="code"
            name="code"
            class="code"
            type="text"
            autocomplete="off"
            autocapitalize="characters"
            autocorrect="off"
            spellcheck={false}
            aria-describedby="code-hint code-fault"
            aria-invalid={fault !== null}
            value={inTwoGroups(letters)}
            onInput={(event) => {
              const typed = lettersOf(event.currentTarget.value);
              event.currentTarget.value = inTwoGroups(typed);
              setLetters(typed);
              setIsIncomplete(false);
            }}
          />
          <p id="code-hint" class="hint">
            {words.enrolHint}
          </p>
          <p id="code-fault" class="fault" role="alert">
            {isEnrolling ? '' : fault}
          </p>
          <button type="submit" class="button button-main" aria-disabled={isEnrolling}>
            {isEnrolling ? words.enrolling : words.enrol}
          </button>
        </form>
      </main>
      <Paving />
    </div>
  );
}

function lettersOf(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
    .slice(0, CODE_LENGTH);
}

function inTwoGroups(letters: string): string {
  const half = CODE_LENGTH / 2;
  return letters.length > half ? `${letters.slice(0, half)}-${letters.slice(half)}` : letters;
}

function failureToText(speech: Speech, failure: EnrolmentFailure): string {
  const { words } = speech;
  switch (failure.kind) {
    case 'codeUnknown':
      return words.codeUnknown;
    case 'tooManyTries':
      return fillCount(speech, words.tooManyTries, Math.max(1, Math.ceil(failure.retryAfterSeconds / 60)));
    case 'unreachable':
      return words.unreachable;
    case 'storageFailed':
      return words.storageFailed;
  }
}
