import type { Outbox } from '../kiosk/outbox/outbox.ts';
import type { Variation } from './variation.ts';

/** A push as the kiosk sends it. */
export interface SentPush {
  readonly batchId: string;
  readonly entries: readonly { readonly responseId: string; readonly sequence: number }[];
}

type Send = (push: SentPush) => Promise<Response>;

/** Puts itself between the kiosk and the network, for pushes alone. */
export function onPush(
  alter: (send: Send, sent: SentPush, outbox: Outbox) => Promise<Response>,
): NonNullable<Variation['fetch']> {
  return (fetcher, outbox) => async (input, init) => {
    if (input !== '/api/v1/push' || typeof init?.body !== 'string') return fetcher(input, init);
    const send: Send = (push) => fetcher(input, { ...init, body: JSON.stringify(push) });
    return alter(send, JSON.parse(init.body) as SentPush, outbox);
  };
}

/** The body, which can be read again. */
export function textOf(reply: Response): Promise<string> {
  return reply.text();
}

/** The same reply with another body. */
export function withText({ status, headers }: Response, text: string): Response {
  const reply = { status, headers, text: async () => text };
  return reply as unknown as Response;
}

/** What a server would say that has stored all of it. */
export function acceptAll({ batchId, entries }: SentPush): Response {
  const headers = { get: (name: string) => (name === 'content-type' ? 'application/json' : null) };
  const told = {
    protocol: 1,
    batchId,
    storeId: '00000000-0000-4000-8000-000000000001',
    receivedAt: '2026-11-24T09:30:00.000Z',
    verdicts: entries.map(({ responseId }) => ({ responseId, verdict: 'accepted' })),
    highWaterMark: 0,
    safeThrough: 0,
    assignmentTag: '',
  };
  return withText({ status: 201, headers } as unknown as Response, JSON.stringify(told));
}
