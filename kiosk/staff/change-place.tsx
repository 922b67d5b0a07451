import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CodeForm } from '../device/code-form.tsx';
import type { Enrolling } from '../kiosk.ts';
import { useHeadingFocus } from '../visit/use-heading-focus.ts';
import { STAFF_WORDS } from '../words/fr/staff-words.ts';
import type { StaffPorts } from './staff-ports.ts';

const words = STAFF_WORDS.place;

/** Gives the tablet another place. What it holds goes with it, and is offered under the new enrolment. */
export function ChangePlace({
  ports,
  onBack,
}: {
  readonly ports: StaffPorts;
  readonly onBack: () => void;
}): JSX.Element {
  const heading = useHeadingFocus('place');
  const [{ isEnrolling, failure }, setEnrolling] = useState<Enrolling>({ isEnrolling: false, failure: null });
  const [isDone, setIsDone] = useState(false);

  async function enrol(code: string): ReturnType<StaffPorts['engine']['enrol']> {
    setEnrolling({ isEnrolling: true, failure: null });
    const enrolled = await ports.engine.enrol(code);
    setEnrolling({ isEnrolling: false, failure: enrolled.ok ? null : enrolled.error });
    setIsDone(enrolled.ok);
    return enrolled;
  }

  return (
    <main class="staff-place">
      <h1 ref={heading} tabIndex={-1}>
        {words.title}
      </h1>
      <p class="staff-help" role="status">
        {isDone ? words.done : words.help}
      </p>
      {!isDone && <CodeForm kiosk={{ enrol }} isEnrolling={isEnrolling} failure={failure} />}
      <button type="button" class="button" onClick={onBack}>
        {words.back}
      </button>
    </main>
  );
}
