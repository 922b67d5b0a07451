import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { STAFF_CODE, type StaffCodeProof } from '../../protocol/staff-code.ts';
import { useHeadingFocus } from '../visit/use-heading-focus.ts';
import { STAFF_WORDS } from '../words/fr/staff-words.ts';
import { isStaffCode } from './check-code.ts';
import type { StaffPorts } from './staff-ports.ts';
import { FREE_TRIES, type Tries } from './tries.ts';

const words = STAFF_WORDS.code;
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
const LONGEST = 8;

interface Props {
  readonly ports: StaffPorts;
  readonly tries: Tries;
  /** null where the server has not told this tablet yet. */
  readonly proof: StaffCodeProof | null;
  readonly onOpened: () => void;
  readonly onLeave: () => void;
}

/** Our own number pad: what is typed here is shown to nobody and offered by no keyboard again. */
export function CodePad({ ports, tries, proof, onOpened, onLeave }: Props): JSX.Element {
  const { clock, engine } = ports;
  const heading = useHeadingFocus('code');
  const [digits, setDigits] = useState('');
  const [isChecking, setIsChecking] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const waitSeconds = useWaitSeconds(ports, tries, fault);
  const isLocked = waitSeconds > 0;
  const obstacle = proof === null ? words.unknown : isSecure() ? null : words.insecure;

  function type(digit: string): void {
    setFault(null);
    setDigits((typed) => (typed + digit).slice(0, LONGEST));
  }
  async function confirm(): Promise<void> {
    if (proof === null || isChecking || isLocked) return;
    if (!STAFF_CODE.test(digits)) return setFault(words.tooShort);
    setIsChecking(true);
    const isRight = await isStaffCode(digits, proof);
    setIsChecking(false);
    setDigits('');
    if (isRight) {
      tries.succeeded();
      return onOpened();
    }
    const count = tries.failed(clock.now());
    if (count >= FREE_TRIES) engine.noteError(`staff-code-wrong-${count}`);
    setFault(words.wrong(FREE_TRIES - count));
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (/^\d$/.test(event.key)) type(event.key);
    else if (event.key === 'Backspace') setDigits((typed) => typed.slice(0, -1));
    else if (event.key === 'Escape') onLeave();
  }

  return (
    <main class="staff-code" onKeyDown={onKeyDown}>
      <h1 ref={heading} tabIndex={-1}>
        {words.title}
      </h1>
      <p class="staff-help">{obstacle ?? words.help}</p>
      {obstacle === null && (
        <>
          <p class="staff-dots" role="status">
            <span aria-hidden="true">{'●'.repeat(digits.length)}</span>
            <span class="unseen">{words.typed(digits.length)}</span>
          </p>
          <p class="staff-fault" role="alert">
            {isLocked ? words.wait(waitSeconds) : fault}
          </p>
          <div class="staff-pad">
            {DIGITS.map((digit) => (
              <PadButton key={digit} label={digit} isDisabled={isLocked} onPress={() => type(digit)} />
            ))}
            <PadButton label={words.erase} isDisabled={isLocked} onPress={() => setDigits('')} />
            <PadButton label="0" isDisabled={isLocked} onPress={() => type('0')} />
            <PadButton
              label={isChecking ? words.checking : words.confirm}
              isDisabled={isLocked}
              onPress={() => void confirm()}
              isMain
            />
          </div>
        </>
      )}
      <button type="button" class="button" onClick={onLeave}>
        {STAFF_WORDS.leave}
      </button>
    </main>
  );
}

function PadButton(props: {
  readonly label: string;
  readonly isDisabled: boolean;
  readonly onPress: () => void;
  readonly isMain?: boolean;
}): JSX.Element {
  return (
    <button
      type="button"
      class={props.isMain === true ? 'button button-main' : 'button'}
      disabled={props.isDisabled}
      onClick={props.onPress}
    >
      {props.label}
    </button>
  );
}

/** Counts down to the next try. */
function useWaitSeconds({ clock }: StaffPorts, tries: Tries, changed: unknown): number {
  const read = () => Math.ceil(tries.waitMs(clock.now()) / 1_000);
  const [seconds, setSeconds] = useState(read);
  useEffect(() => {
    let callOff = () => undefined as void;
    const tick = (): void => {
      const left = read();
      setSeconds(left);
      if (left > 0) callOff = clock.after(1_000, tick);
    };
    tick();
    return () => callOff();
  }, [tries, changed]);
  return seconds;
}

function isSecure(): boolean {
  return (crypto.subtle as SubtleCrypto | undefined) !== undefined;
}
