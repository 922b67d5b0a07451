import type { BootId } from '../domain/ids.ts';
import { type Result, err, ok } from '../domain/result.ts';
import { HOME_LANGUAGE, type VisitEvent, languageOf } from '../domain/visit.ts';
import type { DeviceReport } from '../protocol/device-report.ts';
import { claimPlace } from './device/enrolment.ts';
import type { Pages } from './device/pages.ts';
import { type StorageGauge, makeReport } from './device/report.ts';
import type { EnrolmentFailure, Kiosk, KioskView, StaffSign } from './kiosk.ts';
import type { Outbox, OutboxMemory } from './outbox/outbox.ts';
import { type Clock, type Randomness, randomUuid } from './ports.ts';
import { pullAssignment } from './sync/assignment-pull.ts';
import { backoffMs } from './sync/backoff.ts';
import type { AskServer } from './sync/server-port.ts';
import { type SyncLoop, startSyncLoop } from './sync/sync-loop.ts';
import {
  type KeepingFailure,
  type SealText,
  type VisitEngine,
  createVisitEngine,
} from './visit/visit-engine.ts';

export interface EnginePorts {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly outbox: Outbox;
  readonly ask: AskServer;
  readonly pages: Pages;
  readonly gauge: StorageGauge;
  /** null where the page may not use cryptography. */
  readonly seal: SealText | null;
}

export interface Engine extends Kiosk {
  /** Opens storage and shows the first screen; `code` is the secret of an enrolment link the page was opened with. */
  start(code: string | null): Promise<void>;
  /** Whether the page may be replaced by a newer one: first screen, untouched for a minute, nothing being stored or sent. */
  isReplaceable(): boolean;
  networkMayBeBack(): void;
  /** Notes a short code for the next report, never a visitor's words. */
  noteError(code: string): void;
  /** Ends the timers; for tests. */
  stop(): void;
}

const PROBE_PAUSE_MS = 3_000;
const UNTOUCHED_MS = 60_000;

/** The engine behind the screens: what the tablet remembers, the visit machine, and in one page the sync. */
export function createEngine(ports: EnginePorts): Engine {
  const { clock, randomness, outbox, ask, pages, gauge } = ports;
  const bootId = randomUuid(randomness) as BootId;
  const listeners = new Set<() => void>();
  let memory: OutboxMemory | null = null;
  let visits: VisitEngine | null = null;
  let loop: SyncLoop | null = null;
  let leads = false;
  let isStopped = false;
  /** What is the matter with storage; null while it works. */
  let fault: string | null = null;
  let enrolling: { readonly isEnrolling: boolean; readonly failure: EnrolmentFailure | null } = {
    isEnrolling: false,
    failure: null,
  };
  let sign: StaffSign = { waiting: 0, connection: 'unknown' };
  let lastError: string | null = null;
  let touchedAt = clock.elapsed();
  let pullFailures = 0;
  let view: KioskView = { kind: 'starting' };

  function publish(): void {
    view = currentView();
    for (const listener of listeners) listener();
  }

  function currentView(): KioskView {
    if (fault !== null)
      return {
        kind: 'outOfOrder',
        language: visits === null ? HOME_LANGUAGE : languageOf(visits.state),
        reason: fault,
      };
    if (memory === null) return { kind: 'starting' };
    if (memory.enrolment === null) return { kind: 'unenrolled', ...enrolling };
    if (visits === null) return { kind: 'awaitingAssignment' };
    const { assignment, state, isStoring } = visits;
    return { kind: 'serving', assignment, visit: state, isStoring, sign };
  }

  function noteError(code: string): void {
    lastError = `${new Date(clock.now()).toISOString()} ${code}`;
  }

  async function open(): Promise<void> {
    const recalled = await outbox.recall();
    const settled = recalled.ok ? await settleAbandoned() : recalled;
    if (!recalled.ok || !settled.ok) {
      breakDown(recalled.ok ? settled : recalled);
      return;
    }
    fault = null;
    memory = recalled.value;
    serve();
  }

  /** Shows what is remembered, and begins to push once there is a place to push from. */
  function serve(): void {
    if (memory?.enrolment != null) {
      if (memory.assignment === null) void pull();
      else if (visits === null) visits = newVisits(memory);
      else visits.assign(memory.assignment.assignment);
      if (!leads) pages.whileLeading(lead);
      leads = true;
      void gauge.persist?.().catch(() => noteError('persistence-refused'));
    }
    publish();
    void countWaiting();
  }

  function newVisits({ assignment, asked }: OutboxMemory): VisitEngine | null {
    return assignment === null
      ? null
      : createVisitEngine(
          {
            clock,
            randomness,
            outbox,
            bootId,
            seal: ports.seal,
            onChange: publish,
            onSettled() {
              void countWaiting();
              loop?.entrySettled();
            },
            onFailure: (error) => breakDown({ ok: false, error }),
          },
          assignment.assignment,
          asked,
        );
  }

  /** Out of order until storage works again, tried every few seconds: write, read back, delete. */
  function breakDown(failed: Result<unknown, KeepingFailure>): void {
    if (failed.ok) return;
    const { error } = failed;
    fault = `storage-${error.kind === 'broken' ? error.name : error.kind}`;
    noteError(fault);
    visits?.dispatch({ kind: 'storageFailed' });
    publish();
    if (!isStopped) clock.after(PROBE_PAUSE_MS, () => void heal());
  }

  async function heal(): Promise<void> {
    const probed = await outbox.probe();
    if (!probed.ok) return breakDown(probed);
    if (memory === null) return open();
    // The visit that was broken off goes on no more: what was kept of it may leave.
    const settled = await settleAbandoned();
    if (!settled.ok) return breakDown(settled);
    fault = null;
    visits?.dispatch({ kind: 'storageHealed' });
    publish();
    void countWaiting();
    if (settled.value > 0) loop?.entrySettled();
  }

  async function settleAbandoned() {
    const isLiving = await pages.livingOwners(clock.now());
    const isVisited = visits?.state.kind === 'asking' || visits?.isStoring === true;
    return outbox.settleAbandoned((owner) => (owner.bootId === bootId ? isVisited : isLiving(owner)));
  }

  function lead(): void {
    if (isStopped) return;
    loop = startSyncLoop({
      ask,
      outbox,
      clock,
      randomness,
      report,
      place() {
        if (memory?.enrolment == null) throw new Error('The sync runs on an enrolled tablet only.');
        return { enrolment: memory.enrolment, store: memory.store };
      },
      async onRound() {
        // Another page of this tablet may have died in the middle of a visit.
        const settled = await settleAbandoned();
        if (!settled.ok) void checkStorage();
      },
      async onReply(reply, store) {
        if (memory !== null) memory = { ...memory, store };
        if (memory?.assignment?.tag !== reply.assignmentTag) await pull();
        await countWaiting();
      },
      onConnection(connection) {
        if (connection !== sign.connection) resign({ ...sign, connection });
      },
      onError(code) {
        noteError(code);
        if (code === 'outbox-unreadable') void checkStorage();
      },
    });
  }

  /** Something in the background could not be done: says so on the screen only if nothing can be written either. */
  async function checkStorage(): Promise<void> {
    if (fault !== null) return;
    const probed = await outbox.probe();
    if (!probed.ok && fault === null) breakDown(probed);
  }

  async function pull(): Promise<void> {
    const enrolment = memory?.enrolment ?? null;
    if (memory === null || enrolment === null) return;
    const fetched = await pullAssignment(ask, enrolment.token, memory.assignment?.tag ?? null);
    if (memory.enrolment !== enrolment) return;
    if (fetched !== null) {
      pullFailures = 0;
      memory = { ...memory, assignment: fetched };
      await outbox.keepAssignment(fetched);
      serve();
    } else if (memory.assignment === null && !isStopped) {
      pullFailures += 1;
      const pauseMs = backoffMs(pullFailures, null, () => randomness.number());
      clock.after(pauseMs, () => void (memory?.assignment === null && pull()));
    }
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

  async function enrol(code: string): Promise<Result<void, EnrolmentFailure>> {
    if (enrolling.isEnrolling) return err({ kind: 'unreachable' });
    enrolling = { isEnrolling: true, failure: null };
    publish();
    const enrolled = await claim(code);
    enrolling = { isEnrolling: false, failure: enrolled.ok ? null : enrolled.error };
    if (enrolled.ok) await pull();
    serve();
    return enrolled;
  }

  async function claim(code: string): Promise<Result<void, EnrolmentFailure>> {
    // A code is good for one use: it is not spent before it is known that its fruit can be kept.
    if (!(await outbox.probe()).ok) return err({ kind: 'storageFailed' });
    const claimed = await claimPlace(ask, code, await report(), clock.now());
    if (!claimed.ok) return claimed;
    const { enrolmentId, token, storeId } = claimed.value;
    const enrolment = { enrolmentId, token };
    const store = { storeId, highWaterMark: 0 };
    if (!(await outbox.enrol(enrolment, store)).ok) return err({ kind: 'storageFailed' });
    memory = { asked: null, ...memory, enrolment, store, assignment: null };
    loop?.startAnew();
    return ok(undefined);
  }

  function touch(): void {
    touchedAt = clock.elapsed();
    visits?.noticeTouch();
  }

  function happen(event: Exclude<VisitEvent, { kind: 'answered' }>): void {
    touchedAt = clock.elapsed();
    visits?.dispatch(event);
  }

  return {
    get view() {
      return view;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start(code) {
      await pages.announce(bootId);
      await open();
      if (code !== null && fault === null) await enrol(code);
    },
    isReplaceable: () =>
      view.kind === 'serving' &&
      view.visit.kind === 'attracting' &&
      !view.isStoring &&
      loop?.isSending !== true &&
      clock.elapsed() - touchedAt >= UNTOUCHED_MS,
    networkMayBeBack: () => loop?.networkMayBeBack(),
    noteError,
    stop() {
      isStopped = true;
      loop?.stop();
    },
    enrol,
    answer(answer) {
      touchedAt = clock.elapsed();
      visits?.answer(answer);
    },
    skip: () => happen({ kind: 'skipped', atMs: clock.now() }),
    goBack: () => happen({ kind: 'wentBack', atMs: clock.now() }),
    type: (text) => happen({ kind: 'typed', text, atMs: clock.now() }),
    send: () => happen({ kind: 'sent', atMs: clock.now() }),
    finish: () => happen({ kind: 'finished', atMs: clock.now() }),
    chooseLanguage: (language) => happen({ kind: 'languageChosen', language, atMs: clock.now() }),
    carryOn: () => happen({ kind: 'continued', atMs: clock.now() }),
    leaveThanks: () => happen({ kind: 'thanksEnded' }),
    noticeTouch: touch,
  };
}
