import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { BootId, EnrolmentId, PointId, ResponseId, StoreId, SurveyVersionId } from '../../domain/ids.ts';
import { createResponseId } from '../../domain/response-id.ts';
import { createOutbox } from '../../kiosk/outbox/create-outbox.ts';
import { OutboxDatabase } from '../../kiosk/outbox/database.ts';
import type { KnownStore, Outbox, OutboxEntry } from '../../kiosk/outbox/outbox.ts';
import { createWitness } from '../../kiosk/outbox/witness.ts';
import { type Clock, SYSTEM_CLOCK, SYSTEM_RANDOMNESS, randomUuid } from '../../kiosk/ports.ts';
import { type RoundOutcome, pushRound } from '../../kiosk/sync/push-round.ts';
import { askOver } from '../../kiosk/sync/server-port.ts';
import { type SyncLoop, startSyncLoop } from '../../kiosk/sync/sync-loop.ts';
import { anEntry, aReport } from '../../sync-server/ingest/a-push.ts';

/**
 * A tablet without a screen: the outbox that ships, over an IndexedDB of its own, and what ships to send it, over real HTTP. Only time may run
 * faster, so that a wait of twenty seconds does not take as long.
 */
export interface SendingTablet {
  readonly outbox: Outbox;
  /** Every answer it was given. */
  readonly given: ReadonlySet<ResponseId>;
  /** Answers, each stored as the touch stores it. */
  answer(count: number): Promise<void>;
  /** One round of push, as the loop makes it. */
  push(limit?: number): Promise<RoundOutcome>;
  /** Pushes until it is told to stop. */
  startLoop(): SyncLoop;
  /** What waits to be sent, oldest first. */
  waiting(): Promise<readonly OutboxEntry[]>;
  close(): void;
}

export interface TabletPlace {
  readonly enrolmentId: string;
  readonly token: string;
  readonly storeId: string;
}

const SURVEY_VERSION = 'accueil-mairie-1' as SurveyVersionId;
const POINT = 'accueil-hotel-de-ville' as PointId;

/**
 * @param speed how much faster than the real one its clock runs
 * @param storagePatience how many times longer than on a tablet its storage may take, where hundreds of them share one thread
 */
export async function createSendingTablet(
  origin: string,
  place: TabletPlace,
  {
    speed = 1,
    storagePatience = 1,
    fetcher = fetch,
  }: { readonly speed?: number; readonly storagePatience?: number; readonly fetcher?: typeof fetch } = {},
): Promise<SendingTablet> {
  const clock: Clock = {
    ...SYSTEM_CLOCK,
    elapsed: () => SYSTEM_CLOCK.elapsed() * speed,
    after: (delayMs, run) => SYSTEM_CLOCK.after(delayMs / speed, run),
  };
  const source = { indexedDB: new IDBFactory(), IDBKeyRange };
  // Storage is not what goes wrong here: its watchdog is not hurried with the rest.
  const outbox = createOutbox({
    open: () => new OutboxDatabase(source),
    witness: createWitness(null),
    clock: {
      ...SYSTEM_CLOCK,
      after: (delayMs, run) => SYSTEM_CLOCK.after(delayMs * storagePatience, run),
    },
    isAlone: () => true,
  });
  const enrolment = { enrolmentId: place.enrolmentId as EnrolmentId, token: place.token };
  let store: KnownStore = { storeId: place.storeId as StoreId, highWaterMark: 0 };
  kept(await outbox.enrol(enrolment, store));
  const bootId = randomUuid(SYSTEM_RANDOMNESS) as BootId;
  const given = new Set<ResponseId>();
  const ports = {
    ask: askOver((path, init) => fetcher(`${origin}${path as string}`, init), clock),
    outbox,
    clock,
    randomness: SYSTEM_RANDOMNESS,
    report: async () => aReport({ bootId }),
  };
  return {
    outbox,
    given,
    async answer(count) {
      for (let index = 0; index < count; index += 1) {
        const now = new Date();
        const responseId = createResponseId(now.getTime(), SYSTEM_RANDOMNESS.bytes(12));
        const { response } = anEntry(1, {
          answeredAt: now.toISOString(),
          bootId,
          pointId: POINT,
          surveyVersionId: SURVEY_VERSION,
        });
        const entry = {
          responseId,
          createdAt: now.toISOString(),
          body: JSON.stringify(response),
          bootId,
          state: 'pending' as const,
        };
        kept(await outbox.enqueue(entry, { day: now.toISOString().slice(0, 10), counts: {} }));
        given.add(responseId);
      }
    },
    async push(limit = 100) {
      const outcome = await pushRound(ports, { token: place.token, store, limit, setAside: new Set() });
      if (outcome.kind === 'acknowledged') store = outcome.store;
      return outcome;
    },
    startLoop: () =>
      startSyncLoop({
        ...ports,
        place: () => ({ enrolment, store }),
        isQuiet: () => true,
        onRound: async () => undefined,
        onReply: async (_reply, known) => {
          store = known;
        },
        onConnection: () => undefined,
        onError: (code) => {
          throw new Error(code);
        },
        onStorageFailed: () => {
          throw new Error('storage');
        },
      }),
    waiting: async () => kept(await outbox.peek(10_000, new Set())),
    close: () => outbox.close(),
  };
}

function kept<Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: unknown },
): Value {
  if (!result.ok) throw new Error(`Storage failed: ${JSON.stringify(result.error)}`);
  return result.value;
}
