import type { ComponentChildren, JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { type Item, globalItemOf } from '../../domain/survey.ts';
import { type Visit, type VisitState, answerTo, comfortOf } from '../../domain/visit.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import type { Kiosk, StaffSign } from '../kiosk.ts';
import type { LoadSuggestionAid } from '../suggestion/suggestion-aid.ts';
import { SuggestionForm } from '../suggestion/suggestion-form.tsx';
import type { Speech } from '../words/speech.ts';
import { AttractFoot } from './attract-foot.tsx';
import { ChoiceFieldset } from './choice-fieldset.tsx';
import { Paving } from './place.tsx';
import { RatingFieldset } from './rating-fieldset.tsx';
import { Progress } from './progress.tsx';
import { StepFoot } from './step-foot.tsx';
import { Top } from './top.tsx';
import { useHeadingFocus } from './use-heading-focus.ts';

interface Props {
  readonly kiosk: Kiosk;
  readonly assignment: Assignment;
  readonly speech: Speech;
  readonly state: Extract<VisitState, { kind: 'attracting' | 'asking' }>;
  readonly sign: StaffSign;
  readonly loadAid: LoadSuggestionAid;
}

/**
 * The first screen, which asks everybody the one question, and each step of a visit after it. They are one screen whose words change: what
 * stays the same stays in the page, so that the next question is painted sooner.
 */
export function VisitScreen({ kiosk, assignment, speech, state, sign, loadAid }: Props): JSX.Element | null {
  const comfort = comfortOf(state);
  const top = useMemo(
    () => <Top kiosk={kiosk} assignment={assignment} speech={speech} comfort={comfort} />,
    [kiosk, assignment, speech, comfort],
  );
  const handIn = useRef<(() => void) | null>(null);
  const isFirst = state.kind === 'attracting';
  const heading = useHeadingFocus(isFirst ? 'attract' : `${state.step}`);
  const item = isFirst ? globalItemOf(assignment.surveyVersion) : state.visit.steps[state.step];
  const visit = isFirst ? null : state.visit;
  if (item === undefined) return null;

  return (
    <div class="screen" data-screen={screenName(isFirst, item)}>
      {top}
      <main>
        {isFirst ? (
          <p class="invitation">{speech.words.invitation}</p>
        ) : (
          <Progress speech={speech} visit={state.visit} step={state.step} />
        )}
        {question(item)}
      </main>
      {isFirst ? (
        <AttractFoot assignment={assignment} speech={speech} sign={sign} />
      ) : (
        <StepFoot
          kiosk={kiosk}
          speech={speech}
          isFirstStep={state.step === 0}
          isSuggestion={item.kind === 'verbatim'}
          onSend={() => (handIn.current === null ? kiosk.send() : handIn.current())}
        />
      )}
      {isFirst && <Paving />}
    </div>
  );

  function question(asked: Item): ComponentChildren {
    const { itemId } = asked;
    switch (asked.kind) {
      case 'rating':
        return (
          <RatingFieldset
            // Kept over the questions of one scale; what was chosen is set anew for each.
            key={asked.scaleId}
            item={asked}
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
            item={asked}
            chosen={chosenOptions(visit, itemId)}
            speech={speech}
            heading={heading}
            onChoose={(codes) => kiosk.answer({ itemId, kind: 'choice', codes })}
            onSkip={() => kiosk.skip()}
          />
        );
      case 'verbatim':
        return (
          visit && (
            <SuggestionForm
              key={itemId}
              item={asked}
              visit={visit}
              speech={speech}
              heading={heading}
              kiosk={kiosk}
              loadAid={loadAid}
              handIn={handIn}
            />
          )
        );
    }
  }
}

function screenName(isFirst: boolean, item: Item): string {
  if (isFirst) return 'attract';
  return item.kind === 'verbatim' ? 'suggestion' : 'question';
}

function ratedLevel(visit: Visit | null, itemId: Item['itemId']): string | null {
  const answer = visit === null ? undefined : answerTo(visit, itemId);
  return answer?.kind === 'rating' ? answer.code : null;
}

function chosenOptions(visit: Visit | null, itemId: Item['itemId']): readonly string[] {
  const answer = visit === null ? undefined : answerTo(visit, itemId);
  return answer?.kind === 'choice' ? answer.codes : [];
}
