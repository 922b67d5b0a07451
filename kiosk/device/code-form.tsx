import './code-form.css';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { CODE_LENGTH } from '../../protocol/enrolment.ts';
import type { EnrolmentFailure, Kiosk } from '../kiosk.ts';
import { ENROLMENT_WORDS as words } from '../words/fr/enrolment-words.ts';

interface Props {
  readonly kiosk: Pick<Kiosk, 'enrol'>;
  readonly isEnrolling: boolean;
  readonly failure: EnrolmentFailure | null;
}

/** Staff type the ten letters that give this tablet its place. */
export function CodeForm({ kiosk, isEnrolling, failure }: Props): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const [letters, setLetters] = useState('');
  const [isIncomplete, setIsIncomplete] = useState(false);
  const fault = isIncomplete ? words.incomplete : failure && failureToText(failure);

  function onSubmit(event: Event): void {
    event.preventDefault();
    if (isEnrolling) return;
    setIsIncomplete(letters.length < CODE_LENGTH);
    if (letters.length === CODE_LENGTH) void kiosk.enrol(letters);
    else field.current?.focus();
  }

  return (
    <form class="enrolment" onSubmit={onSubmit} noValidate>
      <label for="code">{words.label}</label>
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
        {words.hint}
      </p>
      <p id="code-fault" class="fault" role="alert">
        {isEnrolling ? '' : fault}
      </p>
      <button type="submit" class="button button-main" aria-disabled={isEnrolling}>
        {isEnrolling ? words.enrolling : words.enrol}
      </button>
    </form>
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

function failureToText(failure: EnrolmentFailure): string {
  switch (failure.kind) {
    case 'codeUnknown':
      return words.codeUnknown;
    case 'tooManyTries':
      return words.tooManyTries(Math.max(1, Math.ceil(failure.retryAfterSeconds / 60)));
    case 'unreachable':
      return words.unreachable;
    case 'storageFailed':
      return words.storageFailed;
  }
}
