import { MAX_ENTRIES_PER_PUSH, type PushReply } from '../../protocol/push.ts';
import type { Clock, Randomness } from '../ports.ts';
import { backoffMs, heartbeatMs } from './backoff.ts';
import { pushRound, type RoundOutcome, type RoundPorts } from './push-round.ts';

export interface SyncLoopPorts extends RoundPorts {
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** Read anew before each round: a tablet may be enrolled again while the loop runs. */
  readonly credentials: () => { readonly token: string; readonly storeId: string | null };
  /** Called after each acknowledged round, before the next: marks, safe answers, a new assignment. */
  readonly onReply: (reply: PushReply) => Promise<void>;
  readonly onConnection: (connection: 'reached' | 'unreached' | 'revoked') => void;
  readonly onError: (code: string) => void;
}

export interface SyncLoop {
  /** Something waits, or the network may be back: push soon. */
  nudge(withinMs: number): void;
  stop(): void;
}

/** A revoked tablet keeps collecting and asks again at this pace: it may be enrolled anew, or the refusal was a mistake. */
const REVOKED_PAUSE_MS = 300_000;
/** How long an entry refused alone is left out before it is tried again. */
const REFUSED_ENTRY_PAUSE_MS = 1_800_000;

/**
 * Pushes for as long as the page leads:
 *
 * ```
 *  round ──acknowledged, more waits──▶ round          (at once)
 *        ──acknowledged, empty──▶ heartbeat pause ──▶ round      (60 s ± half; a nudge cuts it short)
 *        ──batchRefused──▶ half the batch ──▶ round   (alone and refused: left out for half an hour, never deleted)
 *        ──unreached──▶ backoff ──▶ round             (a nudge does not cut a backoff the server asked for)
 *        ──tokenRefused──▶ five minutes ──▶ round
 * ```
 */
export function startSyncLoop(ports: SyncLoopPorts): SyncLoop {
  const { clock, randomness } = ports;
  let limit = MAX_ENTRIES_PER_PUSH;
  let failures = 0;
  let isStopped = false;
  let isRunning = false;
  let isNudged = false;
  let notBeforeMs = 0;
  let callOff: (() => void) | null = null;
  let dueMs = Number.POSITIVE_INFINITY;
  const leftOut = new Map<string, number>();

  function schedule(delayMs: number): void {
    if (isStopped) return;
    callOff?.();
    dueMs = clock.now() + delayMs;
    callOff = clock.after(delayMs, () => void turn());
  }

  async function turn(): Promise<void> {
    callOff = null;
    isRunning = true;
    isNudged = false;
    const nowMs = clock.now();
    for (const [responseId, untilMs] of leftOut) if (untilMs <= nowMs) leftOut.delete(responseId);
    const outcome = await pushRound(ports, {
      ...ports.credentials(),
      limit,
      except: new Set(leftOut.keys()),
    });
    if (!isStopped) schedule(await pauseAfter(outcome));
    isRunning = false;
  }

  async function pauseAfter(outcome: RoundOutcome): Promise<number> {
    switch (outcome.kind) {
      case 'acknowledged': {
        failures = 0;
        notBeforeMs = 0;
        ports.onConnection('reached');
        await ports.onReply(outcome.reply);
        const isFull = outcome.sent === limit;
        limit = Math.min(MAX_ENTRIES_PER_PUSH, limit * 2);
        // Entries that the server left without a verdict wait for the next heartbeat, so that it is not asked in a tight circle.
        return (isFull || isNudged) && outcome.settled === outcome.sent
          ? 0
          : heartbeatMs(() => randomness.number());
      }
      case 'batchRefused': {
        const [alone] = outcome.responseIds;
        if (outcome.responseIds.length > 1 || alone === undefined) {
          limit = Math.max(1, Math.ceil(outcome.responseIds.length / 2));
        } else {
          leftOut.set(alone, clock.now() + REFUSED_ENTRY_PAUSE_MS);
          ports.onError(`entry-refused-${outcome.status}`);
        }
        ports.onConnection('reached');
        return 250;
      }
      case 'tokenRefused':
        ports.onConnection('revoked');
        return backoffUntil(REVOKED_PAUSE_MS * (0.5 + randomness.number()));
      case 'storageFailed':
        ports.onError('outbox-unreadable');
        return backoffMs((failures += 1), null, () => randomness.number());
      case 'unreached': {
        ports.onConnection('unreached');
        const waitMs = backoffMs((failures += 1), outcome.retryAfterMs, () => randomness.number());
        return outcome.retryAfterMs === null ? waitMs : backoffUntil(waitMs);
      }
    }
  }

  /** A wait the server asked for: no nudge cuts it short. */
  function backoffUntil(waitMs: number): number {
    notBeforeMs = clock.now() + waitMs;
    return waitMs;
  }

  schedule(0);
  return {
    nudge: (withinMs) => {
      isNudged = true;
      // While backing off on its own account the loop lets one hint through at a time: the wait grows again if it was wrong.
      const atMs = Math.max(clock.now() + randomness.number() * withinMs, notBeforeMs);
      if (!isRunning && !isStopped && atMs < dueMs) schedule(atMs - clock.now());
    },
    stop: () => {
      isStopped = true;
      callOff?.();
      callOff = null;
    },
  };
}
