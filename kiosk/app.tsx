import './styles/tokens.css';
import './styles/base.css';
import './visit/top.css';
import './visit/language-bar.css';
import './visit/rating.css';
import './visit/answers.css';
import './visit/message.css';
import './device/device.css';
import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Language } from '../domain/survey.ts';
import { HOME_LANGUAGE, languageOf } from '../domain/visit.ts';
import { OutOfOrderScreen } from './device/out-of-order-screen.tsx';
import type { Kiosk, KioskView } from './kiosk.ts';
import type { LoadSuggestionAid } from './suggestion/suggestion-aid.ts';
import { useKiosk } from './use-kiosk.ts';
import { IdleDialog } from './visit/idle-dialog.tsx';
import { ThanksScreen } from './visit/thanks-screen.tsx';
import { VisitScreen } from './visit/visit-screen.tsx';
import { watchHands } from './visit/watch-hands.ts';
import type { Speech } from './words/speech.ts';
import type { Speeches } from './words/speeches.ts';

/** The whole face of the kiosk: one view of the engine in, one screen out. */
export function App({
  kiosk,
  speeches,
  loadAid,
}: {
  readonly kiosk: Kiosk;
  readonly speeches: Pick<Speeches, 'speak'>;
  readonly loadAid: LoadSuggestionAid;
}): JSX.Element | null {
  const view = useKiosk(kiosk);
  const speech = speeches.speak(languageOfView(view));

  useLayoutEffect(() => {
    document.documentElement.lang = speech.language;
    document.documentElement.dir = speech.direction;
    document.title = speech.words.title;
  }, [speech]);
  useLayoutEffect(() => watchHands(document, kiosk), [kiosk]);

  switch (view.kind) {
    case 'starting':
    // A tablet without a place is shown by a part of its own, beside this tree: no visit needs it.
    case 'unenrolled':
    case 'awaitingAssignment':
      return null;
    case 'outOfOrder':
      return <OutOfOrderScreen speech={speech} reason={view.reason} />;
    case 'serving':
      return <Serving kiosk={kiosk} view={view} speech={speech} loadAid={loadAid} />;
  }
}

interface ServingProps {
  readonly kiosk: Kiosk;
  readonly view: Extract<KioskView, { kind: 'serving' }>;
  readonly speech: Speech;
  readonly loadAid: LoadSuggestionAid;
}

function Serving({ kiosk, view, speech, loadAid }: ServingProps): JSX.Element {
  const { assignment, visit } = view;
  switch (visit.kind) {
    case 'attracting':
    case 'asking':
      return (
        <>
          <VisitScreen
            kiosk={kiosk}
            assignment={assignment}
            speech={speech}
            state={visit}
            sign={view.sign}
            loadAid={loadAid}
          />
          {visit.kind === 'asking' && visit.isWarned && <IdleDialog kiosk={kiosk} speech={speech} />}
        </>
      );
    case 'thanking':
      return <ThanksScreen kiosk={kiosk} assignment={assignment} speech={speech} comfort={visit.comfort} />;
    case 'outOfOrder':
      return <OutOfOrderScreen speech={speech} reason={null} />;
  }
}

function languageOfView(view: KioskView): Language {
  if (view.kind === 'serving') return languageOf(view.visit);
  return view.kind === 'outOfOrder' ? view.language : HOME_LANGUAGE;
}
