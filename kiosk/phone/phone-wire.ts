import * as v from 'valibot';
import type { ResponseId } from '../../domain/ids.ts';
import { type Result, err, ok } from '../../domain/result.ts';
import {
  type PhoneVisit,
  phoneVisitReplySchema,
  type PresenceClaim,
  type VisitGrant,
  visitGrantSchema,
} from '../../protocol/presence.ts';
import { type Problem, problemSchema } from '../../protocol/problem.ts';
import { retryAfterMs } from '../sync/backoff.ts';
import type { AskServer, ServerReply } from '../sync/server-port.ts';
import type { Refusal } from './words/words.ts';

/** Why something was not done: said to the visitor, or tried again after so long where the server said how long. */
export type Trouble =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unreached'; readonly waitMs: number | null };

/** Opens a code. */
export async function claim(
  ask: AskServer,
  asked: PresenceClaim,
  nowMs: number,
): Promise<Result<VisitGrant, Trouble>> {
  const reply = await ask({
    method: 'POST',
    path: '/api/v1/presence-claims',
    token: null,
    body: JSON.stringify(asked),
  });
  const decoded = reply?.status === 201 ? v.safeParse(visitGrantSchema, reply.json) : null;
  return decoded?.success === true ? ok(decoded.output) : err(troubleOf(reply, nowMs, 'unknown'));
}

/** Leaves a visit's answer. Only a reply that names it says that it has arrived. */
export async function leave(
  ask: AskServer,
  grant: string,
  { responseId, body }: { readonly responseId: ResponseId; readonly body: string },
  nowMs: number,
): Promise<Result<void, Trouble>> {
  const reply = await ask({ method: 'POST', path: VISITS_PATH, token: grant, body });
  const decoded = reply?.status === 201 ? v.safeParse(phoneVisitReplySchema, reply.json) : null;
  return decoded?.success === true && decoded.output.responseId === responseId
    ? ok(undefined)
    : err(troubleOf(reply, nowMs, 'refused'));
}

export const VISITS_PATH = '/api/v1/phone-visits';

/** The message as it goes on the wire; `response` is JSON text already. */
export function visitMessage(visit: Omit<PhoneVisit, 'response' | 'protocol'>, response: string): string {
  const message: PhoneVisit = { protocol: 1, ...visit, response: JSON.parse(response) };
  return JSON.stringify(message);
}

/** A problem of ours is final where the same bytes never succeed; anything else, a captive portal's page included, is the network's. */
function troubleOf(reply: ServerReply | null, nowMs: number, otherwise: Refusal): Trouble {
  const waitMs = reply === null ? null : retryAfterMs(reply.header('retry-after'), nowMs);
  const decoded = v.safeParse(problemSchema, reply?.json);
  if (!decoded.success || reply === null || reply.status >= 500 || reply.status === 429)
    return { kind: 'unreached', waitMs };
  return { kind: 'refused', refusal: refusalOf(decoded.output.code) ?? otherwise };
}

function refusalOf(code: Problem['code']): Refusal | null {
  switch (code) {
    case 'presence-code-used':
      return 'used';
    case 'presence-code-expired':
      return 'expired';
    case 'presence-code-forged':
      return 'unknown';
    case 'presence-code-revoked':
      return 'revoked';
    case 'visit-grant-unknown':
    case 'visit-grant-used':
    case 'visit-grant-expired':
      return 'ended';
    default:
      return null;
  }
}
