import { TEST_MODE_FLAG, type Answer, type Channel, type SealedText } from '../../domain/answers.ts';
import type { BootId, ResponseId } from '../../domain/ids.ts';
import { createResponseId } from '../../domain/response-id.ts';
import { type Result, err, ok } from '../../domain/result.ts';
import { HOME, type VisitCommand, type VisitEvent, type VisitState, transition } from '../../domain/visit.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import type { AskedToday, Outbox, OutboxEntry, StorageFailure } from '../outbox/outbox.ts';
import type { Clock, Randomness } from '../ports.ts';
import { CLOSING_MS, createIdleClock } from './idle-clock.ts';
import type { JudgeVisit } from './integrity.part.ts';
import { type Draw, drawVisit, localDayOf } from './question-rota.ts';
import { responseBodyOf } from './response-body.ts';

/** Why what a visitor left could not be kept. */
export type KeepingFailure = StorageFailure | { readonly kind: 'notSealed' };

export type SealText = (
  text: string,
  responseId: ResponseId,
  key: Assignment['sealingKey'],
) => Promise<SealedText>;

export interface VisitEnginePorts {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly outbox: Pick<Outbox, 'enqueue' | 'amend' | 'settle'>;
  readonly channel: Channel;
  readonly bootId: BootId;
  /** Whether staff are trying the tablet out: asked when a visit begins, and true of the whole of it. */
  readonly isTesting: () => boolean;
  /** null where the page may not use cryptography: then no text is asked for, since it could not be sealed. */
  readonly seal: SealText | null;
  /** null until it has been loaded: then nothing is said of a visit, one way or the other. */
  readonly judge: () => JudgeVisit | null;
  /** Called after each change of what is shown: the state, or what it is asked from. */
  readonly onChange: () => void;
  /** Called when an answer may be sent. */
  readonly onSettled: () => void;
  /** Called once the visitor has been told that the tablet is out of order. */
  readonly onFailure: (failure: KeepingFailure) => void;
}

export interface VisitEngine {
  readonly state: VisitState;
  readonly isStoring: boolean;
  /** What the running or the next visit is asked from. */
  readonly assignment: Assignment;
  /** Takes effect on the first screen, never under a visitor's finger. */
  assign(assignment: Assignment): void;
  answer(answer: Answer): void;
  dispatch(event: Exclude<VisitEvent, { kind: 'answered' }>): void;
  noticeTouch(): void;
}

/** The answer that the visit under way is kept as. */
interface Kept {
  readonly responseId: ResponseId;
  readonly assignment: Assignment;
  readonly flags: readonly string[];
  readonly entry: OutboxEntry | null;
  /** On the clock that never jumps. */
  readonly startedAtMs: number;
}

/**
 * Runs the visit machine on a tablet: an event's command is carried to its durable end before the new state is shown, one touch at a
 * time. When storage fails nobody is thanked: the tablet is out of order until it is told that storage works again.
 */
export function createVisitEngine(
  ports: VisitEnginePorts,
  first: Assignment,
  askedBefore: AskedToday | null,
): VisitEngine {
  const { clock, randomness, outbox, bootId, channel } = ports;
  let state: VisitState = HOME;
  let isStoring = false;
  let assignment = first;
  let nextAssignment: Assignment | null = null;
  let asked = askedBefore;
  /** What the visitor in front of the tablet is being asked; drawn at the first touch. */
  let draw: Draw | null = null;
  let kept: Kept | null = null;
  let shownAt = clock.elapsed();
  let touchedAt = shownAt;
  const idleClock = createIdleClock(clock, dispatch);

  function dispatch(event: VisitEvent): void {
    if (isStoring) {
      // What is touched while an answer is being stored was touched on a screen that is already gone. Only a clock asks again.
      if (event.kind === 'idled' || event.kind === 'expired') idleClock.enter(state);
      return;
    }
    if (event.kind === 'thanksEnded' && clock.elapsed() - shownAt < CLOSING_MS) return;
    // Nobody touched what a clock brings about.
    if ('atMs' in event) touchedAt = clock.elapsed();
    const { state: next, command } = transition(state, event);
    if (command === null) {
      show(next);
      return;
    }
    isStoring = true;
    const stored = carryOut(command);
    void stored.then((outcome) => {
      isStoring = false;
      if (outcome.ok) {
        show(next);
        if (command.kind === 'settle') ports.onSettled();
      } else {
        show(transition(state, { kind: 'storageFailed' }).state);
        ports.onFailure(outcome.error);
      }
    });
  }

  function show(next: VisitState): void {
    const isNew = next !== state;
    if (next.kind !== state.kind) shownAt = clock.elapsed();
    state = next;
    if (state.kind !== 'asking') {
      // Nothing of a visit is left once it is over.
      kept = null;
      draw = null;
    }
    if (state.kind === 'attracting' && nextAssignment !== null) {
      assignment = nextAssignment;
      nextAssignment = null;
      ports.onChange();
    } else if (isNew) ports.onChange();
    if (isNew) idleClock.enter(state);
  }

  async function carryOut(command: VisitCommand): Promise<Result<OutboxEntry, KeepingFailure>> {
    const response = kept ?? begin();
    const sealed = await sealedTextOf(command, response);
    if (!sealed.ok) return sealed;
    const disposition = command.kind === 'settle' ? command.disposition : 'partial';
    const judge = command.kind === 'settle' ? ports.judge() : null;
    const judgement =
      judge?.({ answers: command.visit.answers, startedAtMs: response.startedAtMs, endedAtMs: touchedAt }) ??
      null;
    const flags = [...response.flags, ...(command.kind === 'settle' ? command.flags : [])];
    const body = responseBodyOf(
      command.visit,
      { ...response, bootId, channel },
      disposition,
      sealed.value,
      judgement,
      flags,
    );
    const stored = await write(command, response, body);
    if (stored.ok) {
      asked = drawNow().asked;
      kept = { ...response, entry: stored.value };
    }
    return stored;
  }

  function write(
    command: VisitCommand,
    { responseId, entry }: Kept,
    body: string,
  ): Promise<Result<OutboxEntry, StorageFailure>> {
    if (entry !== null)
      return command.kind === 'settle' ? outbox.settle(entry, body) : outbox.amend(entry, body);
    const createdAt = new Date(clock.now()).toISOString();
    const entryState = command.kind === 'settle' ? 'pending' : 'open';
    return outbox.enqueue({ responseId, createdAt, body, bootId, state: entryState }, drawNow().asked);
  }

  async function sealedTextOf(
    command: VisitCommand,
    { responseId, assignment: asking }: Kept,
  ): Promise<Result<SealedText | null, KeepingFailure>> {
    if (command.kind !== 'settle' || command.text === null) return ok(null);
    if (ports.seal === null) return err({ kind: 'notSealed' });
    try {
      return ok(await ports.seal(command.text, responseId, asking.sealingKey));
    } catch {
      // The cause is not told on: an error's text might hold the words.
      return err({ kind: 'notSealed' });
    }
  }

  function begin(): Kept {
    const responseId = createResponseId(clock.now(), randomness.bytes(12));
    const flags = ports.isTesting() ? [TEST_MODE_FLAG] : [];
    return { responseId, assignment, flags, entry: null, startedAtMs: touchedAt };
  }

  function drawNow(): Draw {
    const today = localDayOf(clock.now(), assignment.timeZone);
    draw ??= drawVisit(assignment.surveyVersion, asked, {
      today,
      asksText: ports.seal !== null,
      random: () => randomness.number(),
    });
    return draw;
  }

  return {
    get state() {
      return state;
    },
    get isStoring() {
      return isStoring;
    },
    get assignment() {
      return assignment;
    },
    assign(changed) {
      nextAssignment = changed;
      if (!isStoring) show(state);
    },
    answer(answer) {
      const steps = state.kind === 'asking' ? state.visit.steps : drawNow().steps;
      dispatch({ kind: 'answered', answer, steps, atMs: clock.now() });
    },
    dispatch,
    noticeTouch: () => idleClock.touch(),
  };
}
