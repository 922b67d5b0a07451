import * as v from 'valibot';
import { PROTOCOL_VERSION } from '../../protocol/protocol-version.ts';
import {
  MAX_ENTRIES_PER_PUSH,
  type PushReply,
  type PushRequest,
  pushRequestSchema,
} from '../../protocol/push.ts';
import type { AppDeps } from '../app-deps.ts';
import { Assignments } from '../assignment/assignments.ts';
import { instantOf } from '../clock.ts';
import { type Device, DeviceTokens } from '../fleet/device-token.ts';
import { noteCommit, notePush, noteSentAway } from '../health/metrics.ts';
import { fieldErrors, ProblemError } from '../problems.ts';
import { GroupCommit, QueueFull } from './group-commit.ts';
import { Publications } from './publications.ts';
import type { PushOutcome, PushWork } from './push-work.ts';
import { SealedTexts } from './sealed-texts.ts';
import { storePushes } from './store-pushes.ts';
import { understand } from './understand.ts';

const GROUP_LIMITS = { works: 64, weight: 2_000, waitingWeight: 20_000 };
/** What is admitted is done in a few seconds; those who were not come back over ten. */
const RETRY_AFTER_SECONDS = 5;
const RETRY_SPREAD_SECONDS = 10;
const decodeRequest = v.safeParser(pushRequestSchema);

/** Where pushes are handed in, whatever carries them. */
export interface PushDesk {
  /**
   * Whose push this is, before its body is read.
   *
   * @throws ProblemError for a stranger, and when too much waits already
   */
  recognise(authorization: string | undefined): Promise<Device>;
  /**
   * Decodes a push, stores it, and resolves once all of it is on the disk.
   *
   * @throws ProblemError when nothing of it was stored
   */
  take(device: Device, body: unknown): Promise<PushReply>;
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>;
}

export function createPushDesk(deps: Pick<AppDeps, 'store' | 'clock' | 'sealingKeys' | 'config'>): PushDesk {
  const { store, clock } = deps;
  const tokens = new DeviceTokens(store);
  const assignments = new Assignments(deps);
  const ports = { publications: new Publications(deps), texts: new SealedTexts(deps.sealingKeys) };
  const commits = new GroupCommit<PushWork, PushOutcome>(async (works) => {
    const started = performance.now();
    const outcomes = await storePushes(store, works);
    noteCommit(
      (performance.now() - started) / 1_000,
      works.reduce((sum, { entries }) => sum + entries.length, 0),
    );
    return outcomes;
  }, GROUP_LIMITS);
  return {
    async recognise(authorization) {
      if (commits.isFull) throw overloaded();
      const device = await tokens.recognise(authorization);
      if (device === null) throw new ProblemError('device-unknown');
      return device;
    },
    async take(device, body) {
      const receivedAtMs = clock.now();
      const asked = decodePush(body);
      const work: PushWork = {
        device,
        request: asked,
        receivedAtMs,
        timeZone: await ports.publications.timeZone(device.organisationId),
        entries: await Promise.all(asked.entries.map((raw) => understand(raw, device.organisationId, ports))),
      };
      const outcome = await submit(commits, work);
      if (outcome.kind !== 'stored') throw new ProblemError(outcome.kind);
      notePush(outcome.verdicts);
      const assignment = await assignments.of(device);
      return {
        protocol: PROTOCOL_VERSION,
        batchId: asked.batchId,
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

/** @throws ProblemError that says which field, and how a tablet may go on */
function decodePush(body: unknown): PushRequest {
  const { protocol, entries } = (typeof body === 'object' && body !== null ? body : {}) as {
    protocol?: unknown;
    entries?: unknown;
  };
  if (typeof protocol === 'number' && protocol !== PROTOCOL_VERSION)
    throw new ProblemError('protocol-unsupported', {
      detail: `This server speaks version ${PROTOCOL_VERSION}.`,
    });
  if (Array.isArray(entries) && entries.length > MAX_ENTRIES_PER_PUSH)
    throw new ProblemError('too-large', {
      detail: `At most ${MAX_ENTRIES_PER_PUSH} entries; there are ${entries.length}.`,
    });
  const decoded = decodeRequest(body);
  if (decoded.success) return decoded.output;
  throw new ProblemError('unprocessable', { errors: fieldErrors(decoded.issues) });
}

async function submit(commits: GroupCommit<PushWork, PushOutcome>, work: PushWork): Promise<PushOutcome> {
  try {
    return await commits.submit(work, 1 + work.entries.length);
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
