import * as v from 'valibot';
import type { ResponseId } from '../../domain/ids.ts';
import type { DeviceReport } from '../../protocol/device-report.ts';
import { PROTOCOL_VERSION } from '../../protocol/protocol-version.ts';
import { MAX_PUSH_BYTES, type PushReply, pushReplySchema } from '../../protocol/push.ts';
import type { KnownStore, Outbox, OutboxEntry } from '../outbox/outbox.ts';
import { type Clock, type Randomness, randomUuid } from '../ports.ts';
import { retryAfterMs } from './backoff.ts';
import type { AskServer, ServerReply } from './server-port.ts';

/** Left free in a push for the envelope and the report. */
const ENVELOPE_BYTES = 4_096;
/** What an entry weighs beside its response: id, sequence, punctuation. */
const ENTRY_BYTES = 128;

export interface RoundPorts {
  readonly ask: AskServer;
  readonly outbox: Pick<Outbox, 'peek' | 'acknowledge' | 'reoffer' | 'releaseSafe' | 'keepStore'>;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly report: () => Promise<DeviceReport>;
}

export interface RoundInput {
  readonly token: string;
  /** The store last spoken to; null before the first reply. */
  readonly store: KnownStore | null;
  /** At most so many entries. */
  readonly limit: number;
  /** Left out: refused alone not long ago, kept, tried again later. */
  readonly setAside: ReadonlySet<ResponseId>;
}

/** How a round ended. Only `acknowledged` let anything go. */
export type RoundOutcome =
  | {
      readonly kind: 'acknowledged';
      readonly reply: PushReply;
      readonly store: KnownStore;
      readonly sent: number;
      /** How many of them got a verdict. */
      readonly judged: number;
      /** Entries that wait once more because the server may have lost them. */
      readonly reoffered: number;
    }
  /** This batch will not do: its size, or something in it. `byServer` tells the server's own word from a proxy's. */
  | {
      readonly kind: 'batchRefused';
      readonly status: number;
      readonly byServer: boolean;
      readonly entries: readonly OutboxEntry[];
    }
  /** The token is not, or no longer, good. */
  | { readonly kind: 'tokenRefused' }
  /** Nothing that can be believed came back. */
  | { readonly kind: 'unreached'; readonly retryAfterMs: number | null }
  | { readonly kind: 'storageFailed' };

/**
 * One round: peek, push, decode, acknowledge. Nothing leaves the queue but by a verdict for itself, in a 201 of JSON that
 * decodes and carries our own batch's id; whatever else comes back means that everything is kept.
 */
export async function pushRound(ports: RoundPorts, input: RoundInput): Promise<RoundOutcome> {
  const { ask, outbox, clock, randomness } = ports;
  const peeked = await outbox.peek(input.limit, input.setAside);
  if (!peeked.ok) return { kind: 'storageFailed' };
  const entries = withinSize(peeked.value);
  const batchId = randomUuid(randomness);
  const envelope = JSON.stringify({
    protocol: PROTOCOL_VERSION,
    batchId,
    sentAt: new Date(clock.now()).toISOString(),
    storeId: input.store?.storeId ?? null,
    report: besidePush(await ports.report(), entries.length),
  });
  const answer = await ask({
    method: 'POST',
    path: '/api/v1/push',
    token: input.token,
    // The stored texts go out as they are: nobody opens an answer on the way.
    body: `${envelope.slice(0, -1)},"entries":[${entries.map(entryToJson).join(',')}]}`,
  });
  const reply = acknowledgementIn(answer, batchId);
  return reply === null
    ? refusalIn(answer, entries, clock.now())
    : settle(outbox, input.store, reply, entries);
}

/** What would still wait once this push has arrived: an answer that is just being sent is no answer the desk must worry about. */
function besidePush(report: DeviceReport, sent: number): DeviceReport {
  const outboxDepth = Math.max(0, report.outboxDepth - sent);
  return { ...report, outboxDepth, oldestEntryAt: outboxDepth === 0 ? null : report.oldestEntryAt };
}

/**
 * Does what a reply says, in this order: what a restored server may have lost waits again before anything is let go, and the store is
 * noted as known only after that, so that a page closed in between does it all again.
 */
async function settle(
  outbox: RoundPorts['outbox'],
  known: KnownStore | null,
  reply: PushReply,
  entries: readonly OutboxEntry[],
): Promise<RoundOutcome> {
  const { storeId, highWaterMark } = reply;
  const mayHaveLost = known !== null && (storeId !== known.storeId || highWaterMark < known.highWaterMark);
  const reoffered = mayHaveLost ? await outbox.reoffer() : { ok: true as const, value: 0 };
  if (!reoffered.ok) return { kind: 'storageFailed' };
  const named = new Set(reply.verdicts.map((verdict) => verdict.responseId));
  const judged = entries.filter((entry) => named.has(entry.responseId));
  if (!(await outbox.acknowledge(judged)).ok) return { kind: 'storageFailed' };
  const store: KnownStore = { storeId, highWaterMark };
  const isNews = storeId !== known?.storeId || highWaterMark !== known.highWaterMark;
  if (isNews && !(await outbox.keepStore(store)).ok) return { kind: 'storageFailed' };
  if (!(await outbox.releaseSafe(reply.safeThrough, Date.parse(reply.receivedAt))).ok)
    return { kind: 'storageFailed' };
  return {
    kind: 'acknowledged',
    reply,
    store,
    sent: entries.length,
    judged: judged.length,
    reoffered: reoffered.value,
  };
}

function acknowledgementIn(answer: ServerReply | null, batchId: string): PushReply | null {
  if (answer?.status !== 201 || answer.mediaType !== 'application/json') return null;
  const decoded = v.safeParse(pushReplySchema, answer.json);
  return decoded.success && decoded.output.batchId === batchId ? decoded.output : null;
}

function refusalIn(answer: ServerReply | null, entries: readonly OutboxEntry[], nowMs: number): RoundOutcome {
  if (answer === null) return { kind: 'unreached', retryAfterMs: null };
  const { status } = answer;
  const byServer = answer.json !== undefined;
  if (byServer && (status === 401 || status === 403)) return { kind: 'tokenRefused' };
  // A proxy may refuse one entry too (too large, or it takes a sealed text for an attack): it must not block the others either.
  if (status >= 400 && status < 500 && status !== 408 && status !== 429 && entries.length > 0)
    return { kind: 'batchRefused', status, byServer, entries };
  return { kind: 'unreached', retryAfterMs: retryAfterMs(answer.header('retry-after'), nowMs) };
}

/** The first entries that fit into one push, and at least one. Stored texts are ASCII but for nothing a visitor wrote. */
function withinSize(entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
  let bytes = ENVELOPE_BYTES;
  const end = entries.findIndex((entry) => {
    bytes += ENTRY_BYTES + entry.body.length;
    return bytes > MAX_PUSH_BYTES;
  });
  return end === -1 ? entries : entries.slice(0, Math.max(1, end));
}

function entryToJson({ responseId, sequence, body }: OutboxEntry): string {
  return `{"responseId":${JSON.stringify(responseId)},"sequence":${sequence},"response":${body}}`;
}
