import type { ResponseId } from '../../domain/ids.ts';
import { MAX_ENTRIES_PER_PUSH, type PushReply } from '../../protocol/push.ts';
import type { Enrolment, KnownStore } from '../outbox/outbox.ts';
import { backoffMs, heartbeatMs, revokedMs } from './backoff.ts';
import { type RoundOutcome, type RoundPorts, pushRound } from './push-round.ts';

export interface SyncLoopPorts extends RoundPorts {
  /** Read anew before each round: a tablet may be enrolled again while the loop runs. */
  readonly place: () => { readonly enrolment: Enrolment; readonly store: KnownStore | null };
  /** Nobody is touching the screen. A round waits for that, though not for long: the finger comes first. */
  readonly isQuiet: () => boolean;
  /** Called before each round; what it does is done before the round begins. */
  readonly onRound: () => Promise<void>;
  /** Called after each acknowledged round, before the next. */
  readonly onReply: (reply: PushReply, store: KnownStore) => Promise<void>;
  readonly onConnection: (connection: 'reached' | 'unreached' | 'revoked') => void;
  /** A short code, never a visitor's words. */
  readonly onError: (code: string) => void;
  readonly onStorageFailed: () => void;
}

export interface SyncLoop {
  readonly isSending: boolean;
  /** An answer waits: push soon. It cuts a heartbeat's pause short, never a wait after a failure. */
  entrySettled(): void;
  /** The network may be back: it cuts the tablet's own backoff short, but no wait that the server asked for. */
  networkMayBeBack(): void;
  /** The tablet has a new place: everything the loop has learnt of the old one is forgotten. */
  startAnew(): void;
  stop(): void;
}

/** Soon after an answer, but not all tablets of a queue at once. */
const SETTLED_SPREAD_MS = 2_000;
/** `online` is a hint that is often wrong. Five tablets stand behind a town's line, and 500 with a day's answers are drained in seconds: a short spread will do. */
const ONLINE_SPREAD_MS = 5_000;
/** How long an entry refused alone is left out before it is tried again: by the server's own word, or by something on the way. */
const REFUSED_PAUSE_MS = 1_800_000;
const BLOCKED_PAUSE_MS = 300_000;
const BISECT_PAUSE_MS = 250;
/** How often it is looked whether the hands have come to rest, and how long a round waits for it at most. */
const LOOK_MS = 500;
const LONGEST_POLITENESS_MS = 20_000;
/** Rounds it takes to find one bad entry in a full batch (7 halvings, then alone); refusals beyond that are a failure of another sort. */
const QUICK_REFUSALS = 8;

/** What a wait may be cut short by. */
type Wait = 'heartbeat' | 'backoff' | 'asked';

/**
 * Pushes for as long as the page leads.
 *
 * ```
 *  round ──acknowledged, full batch──▶ round               (at once)
 *        ──acknowledged──▶ heartbeat ──▶ round             (60 s ± half)
 *        ──batchRefused──▶ half the batch ──▶ round        (alone and refused: left out for a while, kept, reported)
 *        ──unreached──▶ backoff ──▶ round
 *        ──tokenRefused──▶ slow pace ──▶ round             (goes on collecting)
 * ```
 *
 * Precedence of the waits: what the server asked for (`Retry-After`, a refused token) is cut short by nothing; the tablet's own backoff only by
 * a hint that the network is back; a heartbeat by either hint.
 */
export function startSyncLoop(ports: SyncLoopPorts): SyncLoop {
  const { clock } = ports;
  const random = () => ports.randomness.number();
  const setAside = new Map<ResponseId, number>();
  let limit = MAX_ENTRIES_PER_PUSH;
  let failures = 0;
  let refusals = 0;
  let isSending = false;
  let isStopped = false;
  let isHurried = false;
  let wait: Wait = 'heartbeat';
  let dueAt = 0;
  let callOff: (() => void) | null = null;

  function schedule(delayMs: number, kind: Wait): void {
    if (isStopped) return;
    callOff?.();
    wait = kind;
    dueAt = clock.elapsed() + delayMs;
    callOff = clock.after(delayMs, () => turnWhenQuiet(dueAt));
  }

  function turnWhenQuiet(sinceMs: number): void {
    if (ports.isQuiet() || clock.elapsed() - sinceMs >= LONGEST_POLITENESS_MS) void turn();
    else callOff = clock.after(LOOK_MS, () => turnWhenQuiet(sinceMs));
  }

  async function turn(): Promise<void> {
    callOff = null;
    isSending = true;
    isHurried = false;
    await ports.onRound();
    for (const [responseId, until] of setAside) if (until <= clock.elapsed()) setAside.delete(responseId);
    const { enrolment, store } = ports.place();
    const outcome = await pushRound(ports, {
      token: enrolment.token,
      store,
      limit,
      setAside: new Set(setAside.keys()),
    });
    // A reply to a place that the tablet has left meanwhile says nothing of the new one.
    if (ports.place().enrolment === enrolment) await conclude(outcome);
    else schedule(0, 'heartbeat');
    isSending = false;
  }

  async function conclude(outcome: RoundOutcome): Promise<void> {
    switch (outcome.kind) {
      case 'acknowledged': {
        failures = 0;
        refusals = 0;
        const isFull = outcome.sent === limit;
        limit = Math.min(MAX_ENTRIES_PER_PUSH, limit * 2);
        ports.onConnection('reached');
        await ports.onReply(outcome.reply, outcome.store);
        // Entries that the server left without a verdict wait for the next heartbeat, so that it is not asked in a tight circle.
        const goesOn = (isFull || isHurried || outcome.reoffered > 0) && outcome.judged === outcome.sent;
        return schedule(goesOn ? 0 : heartbeatMs(random), 'heartbeat');
      }
      case 'batchRefused': {
        ports.onConnection(outcome.byServer ? 'reached' : 'unreached');
        refusals += 1;
        leaveOutOrHalve(outcome);
        const isSearching = refusals <= QUICK_REFUSALS;
        return schedule(
          isSearching ? BISECT_PAUSE_MS : backoffMs(refusals - QUICK_REFUSALS, null, random),
          'backoff',
        );
      }
      case 'tokenRefused':
        ports.onConnection('revoked');
        return schedule(revokedMs(random), 'asked');
      case 'unreached':
        ports.onConnection('unreached');
        failures += 1;
        return schedule(
          backoffMs(failures, outcome.retryAfterMs, random),
          outcome.retryAfterMs === null ? 'backoff' : 'asked',
        );
      case 'storageFailed':
        ports.onStorageFailed();
        failures += 1;
        return schedule(backoffMs(failures, null, random), 'asked');
    }
  }

  function leaveOutOrHalve({
    entries,
    status,
    byServer,
  }: Extract<RoundOutcome, { kind: 'batchRefused' }>): void {
    const [alone] = entries;
    if (entries.length > 1 || alone === undefined) {
      limit = Math.max(1, Math.ceil(entries.length / 2));
      return;
    }
    setAside.set(alone.responseId, clock.elapsed() + (byServer ? REFUSED_PAUSE_MS : BLOCKED_PAUSE_MS));
    ports.onError(`entry-refused-${status}`);
  }

  function hurry(withinMs: number): void {
    if (isSending) {
      isHurried = true;
      return;
    }
    const delayMs = random() * withinMs;
    if (clock.elapsed() + delayMs < dueAt) schedule(delayMs, wait);
  }

  schedule(0, 'heartbeat');
  return {
    get isSending() {
      return isSending;
    },
    entrySettled() {
      if (isSending || wait === 'heartbeat') hurry(SETTLED_SPREAD_MS);
    },
    networkMayBeBack() {
      if (isSending || wait !== 'asked') hurry(ONLINE_SPREAD_MS);
    },
    startAnew() {
      limit = MAX_ENTRIES_PER_PUSH;
      failures = 0;
      refusals = 0;
      setAside.clear();
      if (!isSending) schedule(0, 'heartbeat');
    },
    stop() {
      isStopped = true;
      callOff?.();
      callOff = null;
    },
  };
}
