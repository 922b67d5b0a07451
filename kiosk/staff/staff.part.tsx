import './staff.css';
import { type JSX, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { StaffCodeProof } from '../../protocol/staff-code.ts';
import { ChangePlace } from './change-place.tsx';
import { CodePad } from './code-pad.tsx';
import { Menu } from './menu.tsx';
import type { StaffPorts } from './staff-ports.ts';
import { createTrial, type Trial } from './trial.tsx';
import { createTries, type Tries } from './tries.ts';

/** A menu nobody touches for so long closes by itself. */
const UNTOUCHED_MS = 60_000;

/** The staff's menu, behind its code. It stands in an element of its own over the visit's, which can meanwhile be neither touched nor read. */
export interface StaffMenu {
  open(): void;
  close(): void;
}

export function createStaffMenu(ports: StaffPorts): StaffMenu {
  const { page } = ports;
  const trial = createTrial(ports);
  const tries = createTries(ports.storage);
  let root: HTMLElement | null = null;

  function cover(isCovered: boolean): void {
    const visit = page.getElementById('app');
    if (visit !== null) visit.inert = isCovered;
  }
  function close(): void {
    if (root === null) return;
    render(null, root);
    root.remove();
    root = null;
    cover(false);
  }

  return {
    open() {
      if (root !== null) return;
      cover(true);
      root = page.body.appendChild(page.createElement('div'));
      render(<Staff {...{ ports, trial, tries }} onClose={close} />, root);
    },
    close,
  };
}

interface Props {
  readonly ports: StaffPorts;
  readonly trial: Trial;
  readonly tries: Tries;
  readonly onClose: () => void;
}

function Staff({ ports, trial, tries, onClose }: Props): JSX.Element {
  const [step, setStep] = useState<'code' | 'menu' | 'place'>('code');
  useClosingUntouched(ports, onClose);
  return (
    <div class="staff" lang="fr" dir="ltr" data-staff={step}>
      {step === 'code' && (
        <CodePad
          {...{ ports, tries }}
          proof={proofOf(ports)}
          onOpened={() => setStep('menu')}
          onLeave={onClose}
        />
      )}
      {step === 'menu' && (
        <Menu {...{ ports, trial }} onChangePlace={() => setStep('place')} onLeave={onClose} />
      )}
      {step === 'place' && <ChangePlace ports={ports} onBack={() => setStep('menu')} />}
    </div>
  );
}

function proofOf({ engine }: StaffPorts): StaffCodeProof | null {
  return engine.memory?.assignment?.assignment.staffCode ?? null;
}

function useClosingUntouched({ clock, page }: StaffPorts, onClose: () => void): void {
  useEffect(() => {
    let callOff = clock.after(UNTOUCHED_MS, onClose);
    const postpone = (): void => {
      callOff();
      callOff = clock.after(UNTOUCHED_MS, onClose);
    };
    const watching = new AbortController();
    for (const sign of ['pointerdown', 'keydown'])
      page.addEventListener(sign, postpone, { signal: watching.signal, capture: true, passive: true });
    return () => {
      watching.abort();
      callOff();
    };
  }, []);
}
