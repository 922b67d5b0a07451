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
      <Published assignment={assignment} speech={speech} />
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

/** What became of something that visitors said, another thing after each visit, and the place's own published figure with its base. */
function Published({ assignment, speech }: Omit<Props, 'sign'>): JSX.Element {
  const { publishedResults: results, improvements = [] } = assignment;
  const [turn] = useState(() => turns++);
  const line = improvements[turn % improvements.length];
  return (
    // Made anew in each language, so that it is measured anew.
    <div class="published" key={speech.language} ref={giveWay}>
      {line && (
        <p class="improvement">
          {(['said', 'done'] as const).map((part) => {
            const { text, lang } = wordingIn(speech, line[part]);
            return (
              <Fragment key={part}>
                <b>{speech.words[part]}</b> <bdi lang={lang}>{text}</bdi>{' '}
              </Fragment>
            );
          })}
        </p>
      )}
      {results && (
        <p>
          {fillCount(speech, speech.words.published, results.base, {
            period: wordingIn(speech, results.periodLabel).text,
            share: numberToText(speech, results.shareSatisfied, {
              style: 'percent',
              maximumFractionDigits: 0,
            }),
          })}
        </p>
      )}
    </div>
  );
}

/** How often the first screen has been shown since the page was opened. */
let turns = 0;

/** Hides what the screen has no place for beside the faces, the notice and the code: the line first, then the figure. */
function giveWay(box: HTMLElement | null): void {
  const { documentElement: root } = document;
  for (const part of box?.children ?? [])
    (part as HTMLElement).hidden = root.scrollHeight > root.clientHeight;
}
