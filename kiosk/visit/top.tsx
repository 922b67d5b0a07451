import type { JSX } from 'preact';
import type { Comfort } from '../../domain/comfort.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import { ComfortBar } from '../comfort/comfort-bar.tsx';
import type { Kiosk } from '../kiosk.ts';
import type { Speech } from '../words/speech.ts';
import { LanguageBar } from './language-bar.tsx';
import { Place } from './place.tsx';

interface Props {
  readonly kiosk: Kiosk;
  readonly assignment: Assignment;
  readonly speech: Speech;
  readonly comfort: Comfort;
}

/** What stands above every question: where one is, in which language, and what makes it fit. */
export function Top({ kiosk, assignment, speech, comfort }: Props): JSX.Element {
  return (
    <header class="top">
      <Place assignment={assignment} speech={speech} />
      <LanguageBar speech={speech} />
      <ComfortBar speech={speech} comfort={comfort} onSwitch={kiosk.switchComfort} />
    </header>
  );
}
