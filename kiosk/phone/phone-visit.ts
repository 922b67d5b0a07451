import type { BootId, ResponseId } from '../../domain/ids.ts';
import { type Result, err, ok } from '../../domain/result.ts';
import type { Language } from '../../domain/survey.ts';
import { HOME_LANGUAGE, type VisitEvent, languageOf } from '../../domain/visit.ts';
import type { VisitGrant } from '../../protocol/presence.ts';
import { toBase64Url } from '../../protocol/presence-code.ts';
import type { Kiosk, KioskView } from '../kiosk.ts';
import type { NewEntry, OutboxEntry, StorageFailure } from '../outbox/outbox.ts';
import { type Clock, type Randomness, randomUuid } from '../ports.ts';
import { backoffMs } from '../sync/backoff.ts';
import type { AskServer } from '../sync/server-port.ts';
import type { JudgeVisit } from '../visit/integrity.part.ts';
import { type SealText, type VisitEngine, createVisitEngine } from '../visit/visit-engine.ts';
import { claim, leave, type Trouble, visitMessage } from './phone-wire.ts';
import type { Refusal } from './words/words.ts';

export interface PhonePorts {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly ask: AskServer;
  /** Sends without waiting for an answer, from a page that is being put away. */
  readonly sendAtLast: (grant: string, body: string) => void;
  readonly seal: SealText | null;
  /** Brings a language's words; refuses when they cannot be had. */
  readonly bringWords: (language: Language) => Promise<void>;
  readonly judge: JudgeVisit;
  /** What the telephone itself speaks. */
  readonly language: Language;
}

/** What the telephone's page shows. */
export type PhoneScreen =
  | { readonly kind: 'opening'; readonly isTroubled: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'visiting'; readonly view: Extract<KioskView, { kind: 'serving' }> }
  | { readonly kind: 'sending'; readonly isTroubled: boolean };

/** One visit on a visitor's own telephone. Everything of it is in memory: a page that is closed leaves nothing behind. */
export interface PhoneVisitor extends Kiosk {
  readonly screen: PhoneScreen;
  readonly language: Language;
  /** Opens the code that the address held. */
  open(code: string | null): Promise<void>;
  /** The page is being put away: what was touched is sent, for it may never come back. */
  putAway(): void;
  networkMayBeBack(): void;
}

/** What of the visit would be sent, and what of it has been. */
interface Draft {
  readonly responseId: ResponseId;
  body: string;
  revision: number;
  /** The body that went out last, by whatever way. */
  sent: string;
}

const ATTEMPT_BYTES = 16;
/** Somebody holds the telephone and waits. */
const LONGEST_PAUSE_MS = 15_000;
const NEVER = (): (() => void) => () => undefined;

/** Runs the tablet's own visit on a telephone: nothing is stored, the answer is sent once at the end, and thanked for only when it has arrived. */
export function createPhoneVisitor(ports: PhonePorts): PhoneVisitor {
  const { clock, randomness, ask } = ports;
  const listeners = new Set<() => void>();
  const bootId = randomUuid(randomness) as BootId;
  let screen: PhoneScreen = { kind: 'opening', isTroubled: false };
  let language = HOME_LANGUAGE;
  let granted: VisitGrant | null = null;
  let visits: VisitEngine | null = null;
  let draft: Draft | null = null;
  let refusal: Refusal = 'refused';
  /** Ends the pause before the next try. */
  let hurry: () => void = () => undefined;

  function show(next: PhoneScreen): void {
    screen = next;
    for (const listener of listeners) listener();
  }

  /** Tries until it is done or refused for good. */
  async function keepTrying<Value>(
    once: () => Promise<Result<Value, Trouble>>,
    onTrouble: () => void,
  ): Promise<Result<Value, Refusal>> {
    for (let failures = 1; ; failures += 1) {
      const outcome = await once();
      if (outcome.ok) return outcome;
      if (outcome.error.kind === 'refused') return err(outcome.error.refusal);
      onTrouble();
      const pauseMs = backoffMs(failures, outcome.error.waitMs, () => randomness.number());
      await pause(Math.min(pauseMs, LONGEST_PAUSE_MS));
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const callOff = clock.after(ms, resolve);
      hurry = () => {
        callOff();
        resolve();
      };
    });
  }

  async function open(code: string | null): Promise<void> {
    void speak(ports.language);
    if (code === null) return show({ kind: 'refused', refusal: 'no-code' });
    const attempt = toBase64Url(randomness.bytes(ATTEMPT_BYTES));
    const claimed = await keepTrying(
      () => claim(ask, { protocol: 1, code, attempt }, clock.now()),
      () => show({ kind: 'opening', isTroubled: true }),
    );
    if (!claimed.ok) return show({ kind: 'refused', refusal: claimed.error });
    granted = claimed.value;
    visits = createVisitEngine(
      {
        // Nobody waits behind a telephone: hands that rest end nothing.
        clock: { ...clock, after: NEVER },
        randomness,
        outbox: memory,
        bootId,
        channel: 'phone',
        isTesting: () => false,
        seal: ports.seal,
        judge: () => ports.judge,
        onChange: showVisit,
        onSettled: () => undefined,
        onFailure: () => show({ kind: 'refused', refusal }),
      },
      granted.assignment,
      null,
    );
    showVisit();
    await speak(ports.language);
  }

  /** In another language once its words are there; without network it stays in this one. */
  async function speak(wanted: Language): Promise<void> {
    try {
      await ports.bringWords(wanted);
    } catch {
      return;
    }
    if (visits === null) {
      language = wanted;
      show({ ...screen });
    } else if (wanted !== languageOf(visits.state))
      happen({ kind: 'languageChosen', language: wanted, atMs: clock.now() });
  }

  function showVisit(): void {
    if (visits === null) return;
    language = languageOf(visits.state);
    if (visits.state.kind === 'outOfOrder') return;
    show({ kind: 'visiting', view: viewOf(visits) });
  }

  /** The outbox of a page that keeps nothing: a finished answer is in it once the server has it. */
  const memory = {
    async enqueue(entry: NewEntry): Promise<Result<OutboxEntry, StorageFailure>> {
      draft = { responseId: entry.responseId, body: entry.body, revision: 0, sent: '' };
      return keep({ ...entry, sequence: 1, payloadVersion: 1 }, entry.body, entry.state === 'pending');
    },
    amend: (entry: OutboxEntry, body: string) => keep(entry, body, false),
    settle: (entry: OutboxEntry, body: string) => keep(entry, body, true),
  };

  async function keep(
    entry: OutboxEntry,
    body: string,
    isFinished: boolean,
  ): Promise<Result<OutboxEntry, StorageFailure>> {
    if (draft !== null) draft.body = body;
    if (!isFinished) return ok({ ...entry, body });
    const sent = await send();
    if (sent.ok) return ok({ ...entry, body });
    refusal = sent.error;
    return err({ kind: 'broken', name: refusal });
  }

  async function send(): Promise<Result<void, Refusal>> {
    if (draft === null || granted === null) return err('refused');
    const { grant } = granted;
    const leaving = draft;
    show({ kind: 'sending', isTroubled: false });
    return keepTrying(
      () => leave(ask, grant, { responseId: leaving.responseId, body: messageOf(leaving) }, clock.now()),
      () => show({ kind: 'sending', isTroubled: true }),
    );
  }

  /** The same answer sent again keeps its number; a changed one is a later revision, which takes the other's place. */
  function messageOf(leaving: Draft): string {
    if (leaving.body !== leaving.sent) leaving.revision += 1;
    leaving.sent = leaving.body;
    const { responseId, revision } = leaving;
    const sentAt = new Date(clock.now()).toISOString();
    return visitMessage({ sentAt, responseId, revision }, leaving.body);
  }

  function happen(event: Exclude<VisitEvent, { kind: 'answered' }>): void {
    visits?.dispatch(event);
  }

  return {
    get screen() {
      return screen;
    },
    get language() {
      return language;
    },
    get view(): KioskView {
      return visits === null ? { kind: 'starting' } : viewOf(visits);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open,
    putAway() {
      const isUnderWay = visits?.state.kind === 'asking';
      if (!isUnderWay || draft === null || granted === null) return;
      // While it is being sent the same message goes once more: this one outlives the page.
      if (draft.body !== draft.sent || screen.kind === 'sending')
        ports.sendAtLast(granted.grant, messageOf(draft));
    },
    networkMayBeBack: () => hurry(),
    enrol: async () => err({ kind: 'unreachable' }),
    answer: (answer) => visits?.answer(answer),
    skip: () => happen({ kind: 'skipped', atMs: clock.now() }),
    goBack: () => happen({ kind: 'wentBack', atMs: clock.now() }),
    type: (text) => happen({ kind: 'typed', text, atMs: clock.now() }),
    touchTheme: (code) => happen({ kind: 'themeTouched', code, atMs: clock.now() }),
    send: (flags = []) => happen({ kind: 'sent', flags, atMs: clock.now() }),
    finish: () => happen({ kind: 'finished', atMs: clock.now() }),
    chooseLanguage: (chosen) => void speak(chosen),
    carryOn: () => undefined,
    leaveThanks: () => undefined,
    noticeTouch: () => undefined,
    isSecondTap: () => false,
    // A telephone has its owner's own large text, contrast and voice.
    switchComfort: () => undefined,
  };
}

function viewOf({ assignment, state }: VisitEngine): Extract<KioskView, { kind: 'serving' }> {
  return { kind: 'serving', assignment, visit: state, sign: { waiting: 0, connection: 'reached' } };
}
