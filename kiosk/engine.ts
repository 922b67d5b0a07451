import type { BootId } from '../domain/ids.ts';
import { type Result, ok } from '../domain/result.ts';
import { HOME, HOME_LANGUAGE, type VisitEvent, languageOf } from '../domain/visit.ts';
import type { Assignment } from '../protocol/assignment.ts';
import type { DeviceReport } from '../protocol/device-report.ts';
import { keepTrying } from './device/keep-trying.ts';
import { createPlaceTaking } from './device/place-taking.ts';
import { makeReport } from './device/report.ts';
import { createStorageCare } from './device/storage-care.ts';
import type { Contact, Engine, EnginePorts } from './engine-ports.ts';
import type { AssignmentLack, Kiosk, KioskView, StaffSign } from './kiosk.ts';
import type { AskedToday, OutboxMemory, StorageFailure } from './outbox/outbox.ts';
import { randomUuid } from './ports.ts';
import type { SyncLoop } from './sync/sync-loop.ts';
import { createDoubleTapGuard } from './visit/double-tap.ts';
import { type VisitEngine, createVisitEngine } from './visit/visit-engine.ts';
import { createLanguageChoice } from './words/language-choice.ts';

const UNTOUCHED_MS = 60_000;
/** Longer than it takes to go from one question to the next. */
const QUIET_MS = 1_500;

/** The engine behind the screens: what the tablet remembers, the visit machine, and in one page the sync. */
export function createEngine(ports: EnginePorts): Engine {
  const { clock, randomness, outbox, ask, pages, gauge } = ports;
  const bootId = randomUuid(randomness) as BootId;
  const listeners = new Set<() => void>();
  let memory: OutboxMemory | null = null;
  let visits: VisitEngine | null = null;
  let loop: SyncLoop | null = null;
  let hasAskedToLead = false;
  let isStopped = false;
  /** The secret of a link, until storage is open and can keep what it brings. */
  let linkCode: string | null = null;
  let lack: AssignmentLack | null = null;
  let sign: StaffSign = { waiting: 0, connection: 'unknown' };
  let lastError: string | null = null;
  let contact: Contact | null = null;
  let isTesting = false;
  let touchedAt = clock.elapsed();
  const languages = createLanguageChoice({
    bringWords: ports.bringWords,
    onChosen: (language) => happen({ kind: 'languageChosen', language, atMs: clock.now() }),
    onError: noteError,
  });
  const doubleTaps = createDoubleTapGuard(clock);
  let view: KioskView = { kind: 'starting' };

  const care = createStorageCare({
    outbox,
    clock,
    onBroken(fault) {
      noteError(fault);
      visits?.dispatch({ kind: 'storageFailed' });
      publish();
    },
    async heal() {
      const recalled = memory === null ? await outbox.recall() : ok(memory);
      if (!recalled.ok) return recalled;
      memory = recalled.value;
      // The visit that was broken off goes on no more: what was kept of it may leave.
      return settleAbandoned();
    },
    onHealed() {
      visits?.dispatch({ kind: 'storageHealed' });
      serve();
      loop?.entrySettled();
      void followLink();
    },
  });
  const assignments = ports.pullAssignments({
    ask,
    clock,
    randomness,
    place: () =>
      memory === null || memory.enrolment === null
        ? null
        : { enrolment: memory.enrolment, held: memory.assignment },
    async onPulled(held) {
      if (memory === null) return;
      memory = { ...memory, assignment: held };
      await outbox.keepAssignment(held);
      serve();
    },
    onLacking(why) {
      lack = why;
      publish();
    },
  });

  const places = createPlaceTaking({
    ask,
    outbox,
    clock,
    claim: ports.claim,
    report,
    onChange: publish,
    async onTaken(enrolment, store) {
      memory = { asked: null, ...memory, enrolment, store, assignment: null };
      lack = null;
      // A visit that runs, or begins at this moment, goes on as it began; the next one is asked at the new place.
      if (!isVisited()) visits = null;
      loop?.startAnew();
      await assignments.pull();
      serve();
    },
  });

  function publish(): void {
    view = currentView();
    for (const listener of listeners) listener();
  }

  function currentView(): KioskView {
    if (care.fault !== null)
      return {
        kind: 'outOfOrder',
        language: visits === null ? HOME_LANGUAGE : languageOf(visits.state),
        reason: care.fault,
      };
    if (memory === null) return { kind: 'starting' };
    if (memory.enrolment === null) return { kind: 'unenrolled', ...places.enrolling };
    if (visits === null) return { kind: 'awaitingAssignment', lack, ...places.enrolling };
    const { assignment, state } = visits;
    return { kind: 'serving', assignment, visit: state, sign };
  }

  function noteError(code: string): void {
    lastError = `${new Date(clock.now()).toISOString()} ${code}`;
  }

  /** The first screen does not wait for what a visit broken off has left; that may leave a moment later. */
  async function open(recalled: Result<OutboxMemory, StorageFailure>): Promise<void> {
    if (!recalled.ok) return care.breakDown(recalled.error);
    memory = recalled.value;
    serve();
    const settled = await settleAbandoned();
    if (!settled.ok) return care.breakDown(settled.error);
    if (settled.value > 0) {
      loop?.entrySettled();
      void countWaiting();
    }
    await followLink();
  }

  /** Shows what is remembered, and begins to push once there is a place to push from. */
  function serve(): void {
    if (memory?.enrolment != null) {
      if (memory.assignment === null) void assignments.pull();
      else if (visits === null) visits = newVisits(memory.assignment.assignment, memory.asked);
      else visits.assign(memory.assignment.assignment);
      if (!hasAskedToLead) pages.whileLeading(lead);
      hasAskedToLead = true;
      void gauge.persist?.().catch(() => noteError('persistence-refused'));
    }
    publish();
    void countWaiting();
  }

  function newVisits(assignment: Assignment, asked: AskedToday | null): VisitEngine {
    return createVisitEngine(
      {
        ...ports,
        channel: 'tablet',
        bootId,
        isTesting: () => isTesting,
        onChange() {
          if (visits?.state === HOME) languages.forget();
          publish();
        },
        onSettled() {
          void countWaiting();
          loop?.entrySettled();
        },
        onFailure: care.breakDown,
      },
      assignment,
      asked,
    );
  }

  async function settleAbandoned(): Promise<Result<number, StorageFailure>> {
    const isLiving = await pages.livingOwners(clock.now());
    return outbox.settleAbandoned((owner) => (owner.bootId === bootId ? isVisited() : isLiving(owner)));
  }

  function isVisited(): boolean {
    return visits?.state.kind === 'asking' || visits?.isStoring === true;
  }

  /** The code that sends is a part of its own: it is tried for until it is there. */
  function lead(): void {
    keepTrying(clock, async () => sendWith(await ports.bringSync()), 0);
  }

  function sendWith(startSyncLoop: Awaited<ReturnType<typeof ports.bringSync>>): void {
    if (isStopped) return;
    loop = startSyncLoop({
      ask,
      outbox,
      clock,
      randomness,
      report,
      isQuiet: () => clock.elapsed() - touchedAt >= QUIET_MS,
      place() {
        if (memory?.enrolment == null) throw new Error('The sync runs on an enrolled tablet only.');
        return { enrolment: memory.enrolment, store: memory.store };
      },
      async onRound() {
        // Another page of this tablet may have died in the middle of a visit.
        const settled = await settleAbandoned();
        if (!settled.ok) void care.check();
      },
      async onReply(reply, store) {
        const atMs = clock.now();
        contact = { atMs, clockOffsetMs: Date.parse(reply.receivedAt) - atMs };
        if (memory !== null) memory = { ...memory, store };
        if (memory?.assignment?.tag !== reply.assignmentTag) await assignments.pull();
        await countWaiting();
      },
      onConnection(connection) {
        if (connection !== sign.connection) resign({ ...sign, connection });
      },
      onError: noteError,
      onStorageFailed: () => void care.check(),
    });
  }

  async function report(): Promise<DeviceReport> {
    const status = await outbox.status();
    const told = status.ok ? status.value : { waiting: 0, oldestAt: null, retained: 0 };
    return makeReport(told, gauge, bootId, status.ok ? lastError : `outbox-${status.error.kind}`);
  }

  async function countWaiting(): Promise<void> {
    const status = await outbox.status();
    if (status.ok && status.value.waiting !== sign.waiting)
      resign({ ...sign, waiting: status.value.waiting });
  }

  function resign(next: StaffSign): void {
    sign = next;
    publish();
  }

  async function followLink(): Promise<void> {
    const code = linkCode;
    linkCode = null;
    if (code !== null) await places.enrol(code);
  }

  const noticeTouch: Kiosk['noticeTouch'] = (touch = null) => {
    touchedAt = clock.elapsed();
    doubleTaps.press(touch, view);
    visits?.noticeTouch();
  };

  function happen(event: Exclude<VisitEvent, { kind: 'answered' }>): void {
    touchedAt = clock.elapsed();
    visits?.dispatch(event);
  }

  return {
    get view() {
      return view;
    },
    get memory() {
      return memory;
    },
    get contact() {
      return contact;
    },
    get isTesting() {
      return isTesting;
    },
    set isTesting(on) {
      isTesting = on;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start(code) {
      linkCode = code;
      // Each is a way to another process and back: gone together, since the first screen waits for both.
      const [recalled] = await Promise.all([outbox.recall(), pages.announce(bootId)]);
      await open(recalled);
    },
    isReplaceable: () =>
      view.kind === 'serving' &&
      view.visit.kind === 'attracting' &&
      visits?.isStoring !== true &&
      loop?.isSending !== true &&
      clock.elapsed() - touchedAt >= UNTOUCHED_MS,
    networkMayBeBack: () => loop?.networkMayBeBack(),
    noteError,
    stop() {
      isStopped = true;
      loop?.stop();
      care.stop();
      assignments.stop();
    },
    enrol: places.enrol,
    answer(answer) {
      touchedAt = clock.elapsed();
      visits?.answer(answer);
    },
    skip: () => happen({ kind: 'skipped', atMs: clock.now() }),
    goBack: () => happen({ kind: 'wentBack', atMs: clock.now() }),
    type: (text) => happen({ kind: 'typed', text, atMs: clock.now() }),
    touchTheme: (code) => happen({ kind: 'themeTouched', code, atMs: clock.now() }),
    send: (flags = []) => happen({ kind: 'sent', flags, atMs: clock.now() }),
    finish: () => happen({ kind: 'finished', atMs: clock.now() }),
    chooseLanguage: (language) => void languages.choose(language),
    switchComfort: (mode) => happen({ kind: 'comfortSwitched', mode, atMs: clock.now() }),
    carryOn: () => happen({ kind: 'continued', atMs: clock.now() }),
    leaveThanks: () => happen({ kind: 'thanksEnded' }),
    noticeTouch,
    isSecondTap: doubleTaps.isSecond,
  };
}
