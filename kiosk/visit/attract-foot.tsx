import { Fragment, type JSX } from 'preact';
import { useState } from 'preact/hooks';
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

/** The place's own published figure, with its base, and what became of something that visitors said: another one after each visit. */
export function Published({ assignment, speech }: Omit<Props, 'sign'>): JSX.Element {
  const { publishedResults: results, improvements = [] } = assignment;
  const [turn] = useState(() => turns++);
  const line = improvements[turn % improvements.length];
  return (
    <>
      {results && (
        <p class="published">
          {fillCount(speech, speech.words.published, results.base, {
            period: wordingIn(speech, results.periodLabel).text,
            share: numberToText(speech, results.shareSatisfied, {
              style: 'percent',
              maximumFractionDigits: 0,
            }),
          })}
        </p>
      )}
      {line && (
        <p class="improvement">
          {(['said', 'done'] as const).map((part) => {
            const { text, lang } = wordingIn(speech, line[part]);
            return (
              <Fragment key={part}>
                <b>{speech.words[part]}</b>{' '}
                <bdi lang={lang}>{text}</bdi>{' '}
              </Fragment>
            );
          })}
        </p>
      )}
    </>
  );
}

/** How often the first screen has been shown since the page was opened. */
let turns = 0;
