import { err, ok, type Result } from '../../domain/result.ts';
import { PROTOCOL_VERSION } from '../../protocol/protocol-version.ts';
import type { PushReply } from '../../protocol/push.ts';
import type { AppDeps } from '../app-deps.ts';
import { Assignments } from '../assignment/assignments.ts';
import { instantOf } from '../clock.ts';
import { type Device, DeviceTokens } from '../fleet/device-token.ts';
import { noteCommit, notePush, noteSentAway } from '../health/metrics.ts';
import { ProblemError } from '../problems.ts';
import { engineOf } from '../store/engine.ts';
import type { Store } from '../store/store.ts';
import { GroupCommit, QueueFull } from './group-commit.ts';
import { Publications } from './publications.ts';
import type { PushOutcome, PushWork } from './push-work.ts';
import { type HandedPush, readPush } from './read-push.ts';
import { SealedTexts } from './sealed-texts.ts';
import { storePushes } from './store-pushes.ts';

const KIB = 1_024;
/**
 * By the bytes of the bodies. What is made of a body weighs ten times as much and lives until its group is stored: small groups spare the
 * memory, large ones the disk. SQLite stores on the one thread there is, so that a second group would only wait; while PostgreSQL stores
 * a group the next one is read, and the more answers are in one the fewer counts it has to write anew.
 */
const GROUP_LIMITS = {
  sqlite: { works: 64, weight: 640 * KIB, waitingWeight: 16_384 * KIB, atOnce: 1 },
  postgres: { works: 64, weight: 256 * KIB, waitingWeight: 16_384 * KIB, atOnce: 2 },
};
/** What is admitted is done in a few seconds; those who were not come back over ten. */
const RETRY_AFTER_SECONDS = 5;
const RETRY_SPREAD_SECONDS = 10;

/** Where pushes are handed in, whatever carries them. */
export interface PushDesk {
  /**
   * Whose push this is, before its body is read.
   *
   * @throws ProblemError for a stranger, and when too much waits already
   */
  recognise(authorization: string | undefined): Promise<Device>;
  /**
   * Reads a push once its turn has come, stores it, and resolves once all of it is on the disk.
   *
   * @param body parses what was sent; it may throw
   * @param bytes what it weighs
   * @throws ProblemError when nothing of it was stored
   */
  take(device: Device, body: () => unknown, bytes: number): Promise<PushReply>;
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>;
}

/** What became of a push that could be read. */
interface Taken {
  readonly work: PushWork;
  readonly outcome: PushOutcome;
}

export function createPushDesk(
  deps: Pick<AppDeps, 'store' | 'clock' | 'sealingKeys' | 'config' | 'storePushes'> & {
    readonly placesFreshMs?: number;
  },
): PushDesk {
  const { store, clock } = deps;
  const tokens = new DeviceTokens(store);
  const assignments = new Assignments(deps);
  const ports = { publications: new Publications(deps), texts: new SealedTexts(deps.sealingKeys) };
  const commits = new GroupCommit<HandedPush, Result<Taken, unknown>>(async (handed) => {
    const read = await Promise.all(handed.map(async (push) => readPush(push, ports)));
    const works = read.flatMap((one) => (one.ok ? [one.value] : []));
    const outcomes = await storeTimed(deps.storePushes ?? storePushes, store, works);
    return read.map((one) => {
      if (!one.ok) return one;
      const outcome = outcomes.get(one.value);
      return outcome === undefined
        ? err(new Error('A push has no outcome.'))
        : ok({ work: one.value, outcome });
    });
  }, GROUP_LIMITS[engineOf(store.db)]);
  return {
    async recognise(authorization) {
      if (commits.isFull) throw overloaded();
      const device = await tokens.recognise(authorization);
      if (device === null) throw new ProblemError('device-unknown');
      return device;
    },
    async take(device, body, bytes) {
      const receivedAtMs = clock.now();
      const taken = await submit(commits, { device, receivedAtMs, body }, bytes);
      if (!taken.ok) throw taken.error;
      const { work, outcome } = taken.value;
      if (outcome.kind !== 'stored') throw new ProblemError(outcome.kind);
      notePush(outcome.verdicts);
      const assignment = await assignments.of(device);
      return {
        protocol: PROTOCOL_VERSION,
        batchId: work.request.batchId,
        storeId: store.storeId,
        receivedAt: instantOf(receivedAtMs),
        verdicts: [...outcome.verdicts],
        highWaterMark: outcome.highWaterMark,
        safeThrough: outcome.safeThrough,
        assignmentTag: assignment?.tag ?? '',
      };
    },
    settled: () => commits.settled(),
  };
}

async function storeTimed(
  storing: typeof storePushes,
  store: Store,
  works: readonly PushWork[],
): Promise<ReadonlyMap<PushWork, PushOutcome>> {
  if (works.length === 0) return new Map();
  const started = performance.now();
  const outcomes = await storing(store, works);
  noteCommit(
    (performance.now() - started) / 1_000,
    works.reduce((sum, { entries }) => sum + entries.length, 0),
  );
  return outcomes;
}

async function submit<Outcome>(
  commits: GroupCommit<HandedPush, Outcome>,
  push: HandedPush,
  bytes: number,
): Promise<Outcome> {
  try {
    return await commits.submit(push, bytes);
  } catch (error) {
    throw error instanceof QueueFull ? overloaded() : error;
  }
}

/** The refusal of what there is no room for now. */
export function overloaded(): ProblemError {
  noteSentAway();
  // Spread out: tablets told the same moment would come back together.
  return new ProblemError('overloaded', {
    retryAfterSeconds: RETRY_AFTER_SECONDS + Math.random() * RETRY_SPREAD_SECONDS,
  });
}
