import * as v from 'valibot';
import type { DeviceReport } from '../../protocol/device-report.ts';
import { PROTOCOL_VERSION } from '../../protocol/protocol-version.ts';
import { type PushReply, pushReplySchema } from '../../protocol/push.ts';
import type { Outbox, OutboxRow } from '../outbox/outbox.ts';
import { retryAfterMs } from './backoff.ts';
import type { AskServer, ServerReply } from './server-port.ts';

export interface RoundPorts {
  readonly ask: AskServer;
  readonly outbox: Outbox;
  readonly nowMs: () => number;
  readonly newBatchId: () => string;
  readonly report: () => Promise<DeviceReport>;
}

export interface RoundInput {
  readonly token: string;
  /** The store last spoken to; null before the first reply. */
  readonly storeId: string | null;
  readonly limit: number;
  /** Left out of this round: refused alone not long ago, kept, and tried again later. */
  readonly except: ReadonlySet<string>;
}

/** How a round ended. Only `acknowledged` let anything go. */
export type RoundOutcome =
  | {
      readonly kind: 'acknowledged';
      readonly reply: PushReply;
      readonly sent: number;
      readonly settled: number;
    }
  /** The server understood and refuses this batch: its size, or something in it. */
  | { readonly kind: 'batchRefused'; readonly status: number; readonly responseIds: readonly string[] }
  /** The token is not, or no longer, good. */
  | { readonly kind: 'tokenRefused' }
  /** Nothing that can be believed came back. */
  | { readonly kind: 'unreached'; readonly retryAfterMs: number | null }
  | { readonly kind: 'storageFailed' };

/**
 * One round: peek, push, decode, acknowledge. Nothing leaves the queue but by a verdict for itself, in a 201 of JSON that decodes and
 * carries our own batch's id.
 */
export async function pushRound(ports: RoundPorts, input: RoundInput): Promise<RoundOutcome> {
  const rows = await ports.outbox.peek(input.limit, input.except);
  if (!rows.ok) return { kind: 'storageFailed' };
  const batchId = ports.newBatchId();
  const reply = await ports.ask({
    method: 'POST',
    path: '/api/v1/push',
    token: input.token,
    body: {
      protocol: PROTOCOL_VERSION,
      batchId,
      sentAt: new Date(ports.nowMs()).toISOString(),
      storeId: input.storeId,
      entries: rows.value.map(toEntry),
      report: await ports.report(),
    },
  });
  const acknowledgement = acknowledgementIn(reply, batchId);
  if (acknowledgement === null) return refusal(reply, rows.value, ports.nowMs());
  const sent = new Set(rows.value.map((row) => row.responseId));
  const settled = acknowledgement.verdicts.flatMap(({ responseId }) =>
    responseId !== null && sent.has(responseId) ? [responseId] : [],
  );
  const marked = settled.length === 0 ? null : await ports.outbox.acknowledge(settled);
  if (marked !== null && !marked.ok) return { kind: 'storageFailed' };
  return { kind: 'acknowledged', reply: acknowledgement, sent: rows.value.length, settled: settled.length };
}

function acknowledgementIn(reply: ServerReply | null, batchId: string): PushReply | null {
  if (reply?.status !== 201 || !reply.isJson) return null;
  const decoded = v.safeParse(pushReplySchema, reply.body);
  return decoded.success && decoded.output.batchId === batchId ? decoded.output : null;
}

function refusal(reply: ServerReply | null, rows: readonly OutboxRow[], nowMs: number): RoundOutcome {
  // A portal or a proxy may answer anything at all; only a problem in JSON is taken for the server's own word.
  if (reply === null || !reply.isJson || reply.body === undefined)
    return { kind: 'unreached', retryAfterMs: null };
  const { status } = reply;
  if (status === 401 || status === 403) return { kind: 'tokenRefused' };
  if (status >= 400 && status < 500 && status !== 408 && status !== 429 && rows.length > 0)
    return { kind: 'batchRefused', status, responseIds: rows.map((row) => row.responseId) };
  return { kind: 'unreached', retryAfterMs: retryAfterMs(reply.header('retry-after'), nowMs) };
}

function toEntry({ responseId, sequence, body }: OutboxRow): unknown {
  return { responseId, sequence, response: JSON.parse(body) as unknown };
}
