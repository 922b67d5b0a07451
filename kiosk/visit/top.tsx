import type { JSX } from 'preact';
import type { Assignment } from '../../protocol/assignment.ts';
import type { Kiosk } from '../kiosk.ts';
import type { Speech } from '../words/speech.ts';
import { LanguageBar } from './language-bar.tsx';
import { Place } from './place.tsx';

interface Props {
  readonly kiosk: Kiosk;
  readonly assignment: Assignment;
  readonly speech: Speech;
}

/** What stands above every question: where one is, and in which language. */
export function Top({ kiosk, assignment, speech }: Props): JSX.Element {
  return (
    <header class="top">
      <Place assignment={assignment} speech={speech} />
      <LanguageBar speech={speech} onChoose={kiosk.chooseLanguage} />
    </header>
  );
}
