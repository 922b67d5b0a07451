import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { guard } from '../suggestion/guard.ts';
import type { LoadSuggestionAid } from '../suggestion/suggestion-aid.ts';
import { Paving } from '../visit/place.tsx';
import { useHeadingFocus } from '../visit/use-heading-focus.ts';
import { VisitScreen } from '../visit/visit-screen.tsx';
import type { Speech } from '../words/speech.ts';
import type { Speeches } from '../words/speeches.ts';
import type { PhoneVisitor } from './phone-visit.ts';
import { PHONE_WORDS } from './phone-words.ts';

/** Its owner's own keyboard types; the guard is the tablet's. */
const loadAid: LoadSuggestionAid = async () => ({ mountKeyboard: null, guard });

/** The face of the telephone's page: the tablet's own questions, and what only a telephone has to say. */
export function PhoneApp({
  visitor,
  speeches,
}: {
  readonly visitor: PhoneVisitor;
  readonly speeches: Pick<Speeches, 'speak'>;
}): JSX.Element {
  const screen = useScreen(visitor);
  const { language } = visitor;
  const speech = speeches.speak(language);
  const words = PHONE_WORDS[language];

  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = speech.direction;
    document.title = speech.words.title;
  }, [language, speech]);

  switch (screen.kind) {
    case 'opening':
      return (
        <Message
          name="opening"
          title={words.opening}
          {...(screen.isTroubled ? { help: words.openingTroubled } : {})}
        />
      );
    case 'refused':
      return <Message name={`refused-${screen.refusal}`} {...words.refusals[screen.refusal]} />;
    case 'sending':
      return (
        <Message
          name="sending"
          title={words.sending.title}
          help={screen.isTroubled ? words.sendingTroubled : words.sending.help}
        />
      );
    case 'visiting': {
      const { assignment, visit, sign } = screen.view;
      if (visit.kind === 'attracting' || visit.kind === 'asking')
        return (
          <VisitScreen
            kiosk={visitor}
            assignment={assignment}
            speech={speech}
            state={visit}
            sign={sign}
            loadAid={loadAid}
          />
        );
      return <Thanks speech={speech} arrived={words.arrived} mayClose={words.mayClose} />;
    }
  }
}

function useScreen(visitor: PhoneVisitor): PhoneVisitor['screen'] {
  const [screen, setScreen] = useState(visitor.screen);
  useEffect(() => {
    setScreen(visitor.screen);
    return visitor.subscribe(() => setScreen(visitor.screen));
  }, [visitor]);
  return screen;
}

interface MessageProps {
  readonly name: string;
  readonly title: string;
  readonly help?: string;
}

function Message({ name, title, help }: MessageProps): JSX.Element {
  const heading = useHeadingFocus(name);
  return (
    <div class="screen" data-screen={name}>
      <main class="message">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {/* There from the start, so that a change of it is read out. */}
        <p class="message-text" role="status">
          {help}
        </p>
      </main>
      <Paving />
    </div>
  );
}

interface ThanksProps {
  readonly speech: Speech;
  readonly arrived: string;
  readonly mayClose: string;
}

/** Shown only when the server has the answer. */
function Thanks({ speech, arrived, mayClose }: ThanksProps): JSX.Element {
  const heading = useHeadingFocus('thanks');
  return (
    <div class="screen" data-screen="thanks">
      <main class="message">
        <svg class="thanks-mark" viewBox="0 0 120 120" aria-hidden="true">
          <circle class="disc level-1" cx="60" cy="60" r="56" />
          <path class="tick" d="M34 62l18 19 35-40" />
        </svg>
        <h1 ref={heading} tabIndex={-1}>
          {speech.words.thanks}
        </h1>
        <p class="message-text" role="status">
          {arrived}
        </p>
        <p class="message-text">{mayClose}</p>
      </main>
      <Paving />
    </div>
  );
}
