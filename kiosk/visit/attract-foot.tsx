import type { JSX } from 'preact';
import type { Assignment } from '../../protocol/assignment.ts';
import type { StaffSign as Sign } from '../kiosk.ts';
import { type Speech, fillCount, numberToText, wordingIn } from '../words/speech.ts';
import { StaffSign } from './staff-sign.tsx';

interface Props {
  readonly assignment: Assignment;
  readonly speech: Speech;
  readonly sign: Sign;
}

/** The small print of the first screen: whom the answer goes to, accessibility, and a word for the desk. */
export function AttractFoot({ assignment, speech, sign }: Props): JSX.Element {
  const notice = wordingIn(speech, assignment.texts.notice);
  return (
    <footer class="attract-foot">
      <div class="small-print">
        <p lang={notice.lang} dir="auto">
          {notice.text}
        </p>
        <button type="button" class="mention" aria-haspopup="dialog" data-opens="declaration">
          {speech.words.accessibility}
        </button>
        <StaffSign sign={sign} />
      </div>
      {assignment.presence !== undefined && <div class="presence-place" />}
    </footer>
  );
}

/** The place's own published figure, with its base. */
export function Published({ assignment, speech }: Omit<Props, 'sign'>): JSX.Element | null {
  const results = assignment.publishedResults;
  if (results === null) return null;
  const text = fillCount(speech, speech.words.published, results.base, {
    period: wordingIn(speech, results.periodLabel).text,
    share: numberToText(speech, results.shareSatisfied, { style: 'percent', maximumFractionDigits: 0 }),
  });
  return <p class="published">{text}</p>;
}
