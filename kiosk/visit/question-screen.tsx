import type { ComponentChildren, JSX } from 'preact';
import { type Visit, answerTo } from '../../domain/visit.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import type { Kiosk } from '../kiosk.ts';
import { type Speech, fill } from '../words/speech.ts';
import { ChoiceFieldset } from './choice-fieldset.tsx';
import { RatingFieldset } from './rating-fieldset.tsx';
import { SuggestionForm } from './suggestion-form.tsx';
import { Top } from './top.tsx';
import { useHeadingFocus } from './use-heading-focus.ts';

interface Props {
  readonly kiosk: Kiosk;
  readonly assignment: Assignment;
  readonly speech: Speech;
  readonly visit: Visit;
  readonly step: number;
}

/** One step of a visit: a question, or the suggestion at the end. */
export function QuestionScreen({ kiosk, assignment, speech, visit, step }: Props): JSX.Element | null {
  const { words } = speech;
  const item = visit.steps[step];
  const heading = useHeadingFocus(`${step}`);
  if (item === undefined) return null;
  const isSuggestion = item.kind === 'verbatim';
  const total = visit.steps.filter((other) => other.kind !== 'verbatim').length;
  const progress = isSuggestion ? words.lastStep : fill(speech, words.progress, { step: step + 1, total });

  function question(): ComponentChildren {
    if (item === undefined) return null;
    const { itemId } = item;
    switch (item.kind) {
      case 'rating':
        return (
          <RatingFieldset
            key={itemId}
            item={item}
            chosen={ratedLevel(visit, itemId)}
            speech={speech}
            heading={heading}
            onRate={(code) => kiosk.answer({ itemId, kind: 'rating', code })}
          />
        );
      case 'choice':
        return (
          <ChoiceFieldset
            key={itemId}
            item={item}
            chosen={chosenOptions(visit, itemId)}
            speech={speech}
            heading={heading}
            onChoose={(codes) => kiosk.answer({ itemId, kind: 'choice', codes })}
            onSkip={() => kiosk.skip()}
          />
        );
      case 'verbatim':
        return (
          <SuggestionForm
            key={itemId}
            item={item}
            draft={visit.draft}
            speech={speech}
            heading={heading}
            kiosk={kiosk}
          />
        );
    }
  }

  return (
    <div class="screen" data-screen={isSuggestion ? 'suggestion' : 'question'}>
      <Top kiosk={kiosk} assignment={assignment} speech={speech} />
      <main>
        <div class="progress">
          <p role="status">{progress}</p>
          <div class="steps" aria-hidden="true">
            {visit.steps.map(({ itemId }, index) => (
              <span key={itemId} class={index <= step ? 'step-done' : ''} />
            ))}
          </div>
        </div>
        {question()}
      </main>
      <footer class="row">
        {step > 0 && (
          <button type="button" class="button" onClick={() => kiosk.goBack()}>
            <BackMark />
            {words.back}
          </button>
        )}
        <button type="button" class="button at-end" onClick={() => kiosk.finish()}>
          {isSuggestion ? words.finishWithoutSuggestion : words.finish}
        </button>
        {isSuggestion && (
          <button type="button" class="button button-main" onClick={() => kiosk.send()}>
            {words.send}
          </button>
        )}
      </footer>
    </div>
  );
}

function ratedLevel(visit: Visit, itemId: Visit['steps'][number]['itemId']): string | null {
  const answer = answerTo(visit, itemId);
  return answer?.kind === 'rating' ? answer.code : null;
}

function chosenOptions(visit: Visit, itemId: Visit['steps'][number]['itemId']): readonly string[] {
  const answer = answerTo(visit, itemId);
  return answer?.kind === 'choice' ? answer.codes : [];
}

function BackMark(): JSX.Element {
  return (
    <svg class="turns" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M19 12H5m6-6-6 6 6 6" />
    </svg>
  );
}
