import { HOME_LANGUAGE, type VisitEvent, type VisitState } from '../../domain/visit.ts';
import type { Clock } from '../ports.ts';

/** Untouched for this long, a visit is asked whether it goes on; the first screen goes back to French and to its plain look. */
export const IDLE_MS = 60_000;
/** How long « Voulez-vous continuer ? » waits for an answer (WCAG 2.2.1 asks for 20 s at least). */
export const WARNING_MS = 30_000;
export const THANKS_MS = 10_000;
/** The thanks take this long before a touch makes room: a child drumming on the tablet starts no visit after visit. */
export const CLOSING_MS = 4_000;

export interface IdleClock {
  /** A new screen: its time begins. */
  enter(state: VisitState): void;
  /** Somebody is there. It does not answer « Voulez-vous continuer ? », and the thanks do not wait for idle hands. */
  touch(): void;
  stop(): void;
}

/** Turns nobody being there into events. */
export function createIdleClock(clock: Clock, dispatch: (event: VisitEvent) => void): IdleClock {
  let callOff: (() => void) | null = null;
  let entered: VisitState | null = null;

  function start(state: VisitState): void {
    callOff?.();
    const due = dueIn(state);
    callOff = due === null ? null : clock.after(due.delayMs, () => dispatch(due.event));
  }

  return {
    enter(state) {
      entered = state;
      start(state);
    },
    touch() {
      if (entered === null || entered.kind === 'thanking') return;
      if (entered.kind === 'asking' && entered.isWarned) return;
      start(entered);
    },
    stop: () => callOff?.(),
  };
}

function dueIn(state: VisitState): { delayMs: number; event: VisitEvent } | null {
  switch (state.kind) {
    case 'attracting':
      // Somebody has made the first screen theirs, and may have left.
      return state.language === HOME_LANGUAGE && state.comfort.length === 0
        ? null
        : { delayMs: IDLE_MS, event: { kind: 'idled' } };
    case 'asking':
      return state.isWarned
        ? { delayMs: WARNING_MS, event: { kind: 'expired' } }
        : { delayMs: IDLE_MS, event: { kind: 'idled' } };
    case 'thanking':
      return { delayMs: THANKS_MS, event: { kind: 'thanksEnded' } };
    case 'outOfOrder':
      return null;
  }
}
