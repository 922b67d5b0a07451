import type { JSX } from 'preact';
import { globalItemOf } from '../../domain/survey.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import type { Kiosk, StaffSign as Sign } from '../kiosk.ts';
import { type Speech, fillCount, numberToText, wordingIn } from '../words/speech.ts';
import { Paving } from './place.tsx';
import { RatingFieldset } from './rating-fieldset.tsx';
import { StaffSign } from './staff-sign.tsx';
import { Top } from './top.tsx';
import { useHeadingFocus } from './use-heading-focus.ts';

interface Props {
  readonly kiosk: Kiosk;
  readonly assignment: Assignment;
  readonly speech: Speech;
  readonly sign: Sign;
}

/** The first screen: where one is, and the one question everybody is asked. Touching a face is already an answer. */
export function AttractScreen({ kiosk, assignment, speech, sign }: Props): JSX.Element {
  const { words } = speech;
  const heading = useHeadingFocus('attract');
  const globalItem = globalItemOf(assignment.surveyVersion);
  const notice = wordingIn(speech, assignment.texts.notice);
  return (
    <div class="screen" data-screen="attract">
      <Top kiosk={kiosk} assignment={assignment} speech={speech} />
      <main>
        <p class="invitation">{words.invitation}</p>
        {globalItem && (
          <RatingFieldset
            item={globalItem}
            chosen={null}
            speech={speech}
            heading={heading}
            onRate={(code) => kiosk.answer({ itemId: globalItem.itemId, kind: 'rating', code })}
          />
        )}
        <Published assignment={assignment} speech={speech} />
      </main>
      <footer class="small-print">
        <p lang={notice.lang} dir="auto">
          {notice.text}
        </p>
        <p>{words.accessibility}</p>
        <StaffSign sign={sign} speech={speech} />
      </footer>
      <Paving />
    </div>
  );
}

function Published({ assignment, speech }: Pick<Props, 'assignment' | 'speech'>): JSX.Element | null {
  const results = assignment.publishedResults;
  if (results === null) return null;
  const text = fillCount(speech, speech.words.published, results.base, {
    period: wordingIn(speech, results.periodLabel).text,
    share: numberToText(speech, results.shareSatisfied, { style: 'percent', maximumFractionDigits: 0 }),
  });
  return <p class="published">{text}</p>;
}
