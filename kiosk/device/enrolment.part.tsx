import { type JSX, render } from 'preact';
import type { Kiosk, KioskView } from '../kiosk.ts';
import { useKiosk } from '../use-kiosk.ts';
import { ParvisMark, Paving } from '../visit/place.tsx';
import { useHeadingFocus } from '../visit/use-heading-focus.ts';
import { CodeForm } from './code-form.tsx';
import { ENROLMENT_WORDS as words } from '../words/fr/enrolment-words.ts';

export { claimPlace } from './claim-place.ts';

/**
 * Shows what a tablet without a place, or without a questionnaire, has to say, for as long as that lasts, and nothing otherwise. It
 * stands beside the visit's own tree: a tablet in service never loads it.
 *
 * @param isSecure whether the browser gives this page its cryptography and its service worker
 * @returns the way to take it off the page
 */
export function showEnrolment(kiosk: Kiosk, page: Document, isSecure: boolean): () => void {
  const root = page.body.appendChild(page.createElement('div'));
  render(<Enrolment kiosk={kiosk} isSecure={isSecure} />, root);
  return () => {
    render(null, root);
    root.remove();
  };
}

function Enrolment({ kiosk, isSecure }: { readonly kiosk: Kiosk; readonly isSecure: boolean }) {
  const view = useKiosk(kiosk);
  switch (view.kind) {
    case 'unenrolled':
      return (
        <CodeScreen
          {...{ kiosk, view }}
          title={words.title}
          help={words.help}
          notice={isSecure ? null : words.insecure}
        />
      );
    case 'awaitingAssignment':
      return view.lack === 'revoked' ? (
        <CodeScreen
          {...{ kiosk, view }}
          title={words.revoked.title}
          help={words.revoked.help}
          notice={null}
        />
      ) : (
        <AwaitingScreen lack={view.lack} />
      );
    default:
      return null;
  }
}

type Unplaced = Extract<KioskView, { kind: 'unenrolled' | 'awaitingAssignment' }>;

function CodeScreen(props: {
  readonly kiosk: Kiosk;
  readonly view: Unplaced;
  readonly title: string;
  readonly help: string;
  readonly notice: string | null;
}): JSX.Element {
  const { kiosk, view, title, help, notice } = props;
  const heading = useHeadingFocus(title);
  return (
    <div class="screen" data-screen="enrol" lang="fr" dir="ltr">
      <header class="top">
        <ParvisMark />
      </header>
      <main class="message">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p class="message-text">{help}</p>
        <CodeForm kiosk={kiosk} isEnrolling={view.isEnrolling} failure={view.failure} />
        {notice !== null && <p class="fault">{notice}</p>}
      </main>
      <Paving />
    </div>
  );
}

/** The tablet has its place and waits for what to ask there; it asks again by itself. */
function AwaitingScreen({
  lack,
}: {
  readonly lack: Exclude<Extract<KioskView, { kind: 'awaitingAssignment' }>['lack'], 'revoked'>;
}): JSX.Element {
  const heading = useHeadingFocus('awaiting');
  return (
    <div class="screen" data-screen="awaiting" lang="fr" dir="ltr">
      <main class="message">
        <ParvisMark />
        <h1 ref={heading} tabIndex={-1}>
          {words.waiting.title}
        </h1>
        <p class="message-text" role="status">
          {words.waiting[lack ?? 'soon']}
        </p>
      </main>
      <Paving />
    </div>
  );
}
