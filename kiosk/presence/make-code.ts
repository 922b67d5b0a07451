import type { Assignment } from '../../protocol/assignment.ts';
import {
  fromBase64Url,
  PRESENCE_CHANCE_BYTES,
  presenceMessage,
  presenceTagOf,
  writePresenceCode,
} from '../../protocol/presence-code.ts';
import type { Randomness } from '../ports.ts';

export type Presence = NonNullable<Assignment['presence']>;

/** Makes the code a telephone may open during a slot. Nothing but the tablet's own key is needed for it: no network. */
export async function makePresenceCode(
  { reference, key }: Presence,
  slot: number,
  randomness: Pick<Randomness, 'bytes'>,
): Promise<string> {
  const message = presenceMessage(reference, slot, randomness.bytes(PRESENCE_CHANCE_BYTES));
  const signing = await crypto.subtle.importKey(
    'raw',
    fromBase64Url(key) ?? new Uint8Array(),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const mac = await crypto.subtle.sign('HMAC', signing, message);
  return writePresenceCode(message, presenceTagOf(new Uint8Array(mac)));
}

/** The address a telephone opens. The code is in the fragment: no server's log ever sees it. */
export function phoneAddress(origin: string, code: string): string {
  return `${origin}/visite/#${code}`;
}
