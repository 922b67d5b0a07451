import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { presenceSlotOf, readPresenceCode } from '../../protocol/presence-code.ts';
import { SYSTEM_RANDOMNESS } from '../ports.ts';
import { makePresenceCode, phoneAddress } from './make-code.ts';

const KEY = randomBytes(32);
const PRESENCE = {
  reference: randomBytes(8).toString('base64url'),
  key: KEY.toString('base64url'),
  origin: null,
};
const SLOT = presenceSlotOf(Date.parse('2026-11-26T09:00:00Z'));

describe('the tablet’s code', () => {
  it('carries the first 80 bits of the HMAC that the key gives', async () => {
    const code = readPresenceCode(await makePresenceCode(PRESENCE, SLOT, SYSTEM_RANDOMNESS));
    expect(code).toMatchObject({ reference: PRESENCE.reference, slot: SLOT });
    const mac = createHmac('sha256', KEY)
      .update(code?.message ?? '')
      .digest();
    expect(Buffer.from(code?.tag ?? [])).toEqual(mac.subarray(0, 10));
  });

  it('is another one each time it is made, so that a clock set back shows nothing twice', async () => {
    const codes = await Promise.all(
      Array.from({ length: 20 }, () => makePresenceCode(PRESENCE, SLOT, SYSTEM_RANDOMNESS)),
    );
    expect(new Set(codes).size).toBe(20);
  });

  it('stands in the fragment of the address', () => {
    const address = new URL(phoneAddress('https://avis.example.fr', 'abc'));
    expect([address.pathname, address.search, address.hash]).toEqual(['/visite/', '', '#abc']);
  });
});
