import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Kiosk } from '../kiosk.ts';
import { type Speech, fill, fillCount } from '../words/speech.ts';
import { WARNING_MS } from './idle-clock.ts';

const WARNING_SECONDS = WARNING_MS / 1000;

/** « Voulez-vous continuer ? »: one touch anywhere is enough to stay, unless it says no. */
export function IdleDialog({
  kiosk,
  speech,
}: {
  readonly kiosk: Kiosk;
  readonly speech: Speech;
}): JSX.Element {
  const { words } = speech;
  const dialog = useRef<HTMLDialogElement>(null);
  const stay = useRef<HTMLButtonElement>(null);
  const [secondsLeft, setSecondsLeft] = useState(WARNING_SECONDS);

  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    stay.current?.focus();
    // Closing, and not only removing, gives the focus back to where it was.
    return () => shown?.close();
  }, []);
  useEffect(() => {
    const startedAt = performance.now();
    const timer = setInterval(() => {
      setSecondsLeft(Math.max(0, WARNING_SECONDS - Math.floor((performance.now() - startedAt) / 1000)));
    }, 250);
    return () => clearInterval(timer);
  }, []);

  return (
    <dialog
      ref={dialog}
      class="panel"
      role="alertdialog"
      aria-labelledby="idle-question"
      aria-describedby="idle-help"
      onCancel={(event) => {
        event.preventDefault();
        kiosk.carryOn();
      }}
      onClose={() => {
        // A second Escape closes a dialog without asking. Taken off the page, it has been closed by the kiosk.
        if (dialog.current !== null) kiosk.carryOn();
      }}
      onClick={() => kiosk.carryOn()}
    >
      <h1 id="idle-question">{words.idleQuestion}</h1>
      <p id="idle-help">{fill(speech, words.idleHelp, { seconds: WARNING_SECONDS })}</p>
      <p class="countdown" aria-hidden="true">
        {fillCount(speech, words.secondsLeft, secondsLeft)}
      </p>
      <div class="row">
        <button
          type="button"
          class="button"
          onClick={(event) => {
            event.stopPropagation();
            kiosk.finish();
          }}
        >
          {words.stop}
        </button>
        <button ref={stay} type="button" class="button button-main at-end">
          {words.carryOn}
        </button>
      </div>
    </dialog>
  );
}
