import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { createResponseId } from '../../domain/response-id.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import type { PhoneVisit, VisitGrant } from '../../protocol/presence.ts';
import {
  presenceMessage,
  presenceSlotOf,
  presenceTagOf,
  writePresenceCode,
} from '../../protocol/presence-code.ts';
import { anEntry } from '../ingest/a-push.ts';
import type { TestApp } from '../test-app.ts';

/** What tablets and telephones do, for tests. */
export type TestPresence = NonNullable<Assignment['presence']>;

/** The key a tablet is told with its assignment. */
export async function presenceOf({ app }: TestApp, token: string): Promise<TestPresence> {
  const reply = await app.inject({
    url: '/api/v1/assignment',
    headers: { authorization: `Bearer ${token}` },
  });
  const { presence } = reply.json<Assignment>();
  if (presence === undefined) throw new Error('The tablet was told no key.');
  return presence;
}

/** Makes a code as a tablet does. */
export function aCode({ reference, key }: Pick<TestPresence, 'reference' | 'key'>, atMs: number): string {
  const message = presenceMessage(reference, presenceSlotOf(atMs), randomBytes(4));
  const mac = createHmac('sha256', Buffer.from(key, 'base64url')).update(message).digest();
  return writePresenceCode(message, presenceTagOf(mac));
}

export function anAttempt(): string {
  return randomBytes(16).toString('base64url');
}

export function aVisit(
  changes: Partial<Omit<PhoneVisit, 'response'>> & {
    readonly response?: Partial<PhoneVisit['response']>;
  } = {},
): PhoneVisit {
  const { response } = anEntry(1);
  return {
    protocol: 1,
    sentAt: '2026-11-23T09:00:00.000Z',
    responseId: createResponseId(Date.parse(response.answeredAt), randomBytes(12)),
    revision: 1,
    ...changes,
    response: {
      ...response,
      bootId: randomUUID() as PhoneVisit['response']['bootId'],
      ...changes.response,
      channel: 'phone',
    },
  };
}

/** A telephone in front of the server. */
export function aTelephone({ app }: TestApp, ip = '127.0.0.1') {
  return {
    claim: async (code: string, attempt = anAttempt()) => {
      const reply = await app.inject({
        method: 'POST',
        url: '/api/v1/presence-claims',
        headers: { 'x-forwarded-for': ip },
        payload: { protocol: 1, code, attempt },
      });
      return {
        status: reply.statusCode,
        body: reply.json<Partial<VisitGrant> & { readonly code?: string }>(),
        headers: reply.headers,
      };
    },
    leave: async (grant: string | undefined, visit: PhoneVisit) => {
      const reply = await app.inject({
        method: 'POST',
        url: '/api/v1/phone-visits',
        headers: { authorization: `Bearer ${grant ?? ''}` },
        payload: visit,
      });
      return {
        status: reply.statusCode,
        body: reply.json<{ readonly verdict?: string; readonly code?: string }>(),
      };
    },
  };
}
