import type { EnrolmentId, StoreId } from '../../domain/ids.ts';
import type { KnownStore } from '../../kiosk/outbox/outbox.ts';
import { SYSTEM_CLOCK, SYSTEM_RANDOMNESS } from '../../kiosk/ports.ts';
import { askOver } from '../../kiosk/sync/server-port.ts';
import { startSyncLoop } from '../../kiosk/sync/sync-loop.ts';
import { aReport } from '../../sync-server/ingest/a-push.ts';
import type { LoadTablet } from '../ingest/load-tablet.ts';
import { createMemoryQueue, type MemoryQueue } from './memory-queue.ts';

/** A tablet of the herd: the sync that ships, over a queue in memory. */
export interface HerdTablet {
  readonly tablet: LoadTablet;
  readonly queue: MemoryQueue;
  known: KnownStore;
}

/** What a herd met with until all of it was taken. */
export interface Drained {
  readonly seconds: number;
  readonly requests: number;
  /** Of each request: sent to reply read whole, or given up. */
  readonly latenciesMs: readonly number[];
  /** Replies of 503 with `Retry-After`. */
  readonly refusals: number;
  /** Anything that is neither 201 nor such a refusal, silence included, by what it was. */
  readonly surprises: ReadonlyMap<string, number>;
  /** Pushes that came back sooner than the server had asked for. */
  readonly impatient: number;
}

const LOOK_MS = 100;
/** Node's timers count whole milliseconds, and may be that much early. */
const TIMER_MS = 1;

export function createHerdTablet(tablet: LoadTablet): HerdTablet {
  const known = { storeId: tablet.storeId as StoreId, highWaterMark: 0 };
  return { tablet, queue: createMemoryQueue(tablet), known };
}

/**
 * Lets every tablet push at the same instant and go on until nothing of any waits, and `isOver` says so.
 *
 * @throws Error when that has not come about in time
 */
export async function drain(
  origin: string,
  herd: readonly HerdTablet[],
  withinMs: number,
  isOver: () => boolean = () => true,
): Promise<Drained> {
  const latenciesMs: number[] = [];
  const surprises = new Map<string, number>();
  let refusals = 0;
  let impatient = 0;
  const surprise = (what: string) => void surprises.set(what, (surprises.get(what) ?? 0) + 1);

  function fetcherOf(): typeof fetch {
    let notBefore = 0;
    return async (path, init) => {
      const sent = performance.now();
      if (sent < notBefore - TIMER_MS) impatient += 1;
      try {
        const reply = await fetch(new URL(typeof path === 'string' ? path : '', origin), init);
        const text = await reply.text();
        const retryAfter = Number(reply.headers.get('retry-after') ?? Number.NaN);
        if (reply.status === 503 && retryAfter > 0) {
          refusals += 1;
          notBefore = performance.now() + retryAfter * 1_000;
        } else if (reply.status !== 201) surprise(`${reply.status} ${text.slice(0, 80)}`);
        return new Response(text, { status: reply.status, headers: reply.headers });
      } catch (error) {
        surprise(error instanceof Error ? `${error.name}: ${error.message}` : 'no reply');
        throw error;
      } finally {
        latenciesMs.push(performance.now() - sent);
      }
    };
  }

  const started = performance.now();
  const loops = herd.map((one) => {
    const enrolment = { enrolmentId: one.tablet.enrolmentId as EnrolmentId, token: one.tablet.token };
    return startSyncLoop({
      ask: askOver(fetcherOf(), SYSTEM_CLOCK),
      outbox: one.queue.outbox,
      clock: SYSTEM_CLOCK,
      randomness: SYSTEM_RANDOMNESS,
      report: async () => aReport({ outboxDepth: one.queue.waiting, retainedCount: one.queue.retained }),
      place: () => ({ enrolment, store: one.known }),
      isQuiet: () => true,
      onRound: async () => undefined,
      onReply: async (_reply, store) => void (one.known = store),
      onConnection: () => undefined,
      onError: surprise,
      onStorageFailed: () => surprise('storage'),
    });
  });
  try {
    while (herd.some(({ queue }) => queue.waiting > 0) || !isOver()) {
      if (performance.now() - started > withinMs) throw new Error('The herd has not been taken in time.');
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  } finally {
    for (const loop of loops) loop.stop();
  }
  const seconds = (performance.now() - started) / 1_000;
  return { seconds, requests: latenciesMs.length, latenciesMs, refusals, surprises, impatient };
}
