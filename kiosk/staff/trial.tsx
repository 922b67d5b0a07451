import { type JSX, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { STAFF_WORDS } from '../words/fr/staff-words.ts';
import type { StaffPorts } from './staff-ports.ts';

/** Staff try the tablet out: what is answered is flagged, and a banner says so for as long as it lasts. */
export interface Trial {
  begin(): void;
  end(): void;
}

/** Forgotten by whoever began it, it must not swallow a day's answers. */
export const TRIAL_MS = 15 * 60_000;
const MARK = 'is-on-trial';

export function createTrial({ engine, clock, page }: StaffPorts): Trial {
  let stop: (() => void) | null = null;

  function end(): void {
    engine.isTesting = false;
    stop?.();
    stop = null;
  }

  return {
    begin() {
      end();
      engine.isTesting = true;
      const root = page.body.appendChild(page.createElement('div'));
      const endsAt = clock.elapsed() + TRIAL_MS;
      const callOff = clock.after(TRIAL_MS, end);
      // The first screen makes room for the banner.
      page.documentElement.classList.add(MARK);
      stop = () => {
        callOff();
        render(null, root);
        root.remove();
        page.documentElement.classList.remove(MARK);
      };
      render(<Banner {...{ clock, endsAt }} onEnd={end} />, root);
    },
    end,
  };
}

function Banner({
  clock,
  endsAt,
  onEnd,
}: {
  readonly clock: StaffPorts['clock'];
  readonly endsAt: number;
  readonly onEnd: () => void;
}): JSX.Element {
  const read = () => Math.max(1, Math.ceil((endsAt - clock.elapsed()) / 60_000));
  const [minutes, setMinutes] = useState(read);
  useEffect(() => {
    let callOff = (): void => undefined;
    const tick = (): void => {
      setMinutes(read());
      callOff = clock.after(5_000, tick);
    };
    tick();
    return () => callOff();
  }, []);
  return (
    <aside class="trial" lang="fr" dir="ltr">
      <p role="status">{STAFF_WORDS.trial.banner(minutes)}</p>
      <button type="button" class="button" onClick={onEnd}>
        {STAFF_WORDS.trial.end}
      </button>
    </aside>
  );
}
