import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromBase64Url,
  presenceMessage,
  presenceSlotOf,
  readPresenceCode,
  toBase64Url,
  writePresenceCode,
} from './presence-code.ts';

const REFERENCE = toBase64Url(Uint8Array.of(0, 1, 2, 3, 252, 253, 254, 255));
const TAG = Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);

describe('the code for telephones', () => {
  it('writes bytes as base64url does, and reads them back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect([...(fromBase64Url(text) ?? [])]).toEqual([...bytes]);
      }),
    );
    expect(fromBase64Url('ab+c')).toBeNull();
  });

  it('says its reference, its slot and its chance again', () => {
    const slot = presenceSlotOf(Date.parse('2026-11-26T09:00:00Z'));
    const message = presenceMessage(REFERENCE, slot, Uint8Array.of(1, 2, 3, 4));
    const text = writePresenceCode(message, TAG);
    expect(text).toMatch(/^[\w-]{36}$/);
    const read = readPresenceCode(text);
    expect(read).toMatchObject({ reference: REFERENCE, slot, chance: 'AQIDBA' });
    expect([...(read?.message ?? [])]).toEqual([...message]);
    expect([...(read?.tag ?? [])]).toEqual([...TAG]);
  });

  it('reads neither another length nor another version', () => {
    const text = writePresenceCode(presenceMessage(REFERENCE, 7, Uint8Array.of(1, 2, 3, 4)), TAG);
    expect(readPresenceCode(text.slice(1))).toBeNull();
    expect(readPresenceCode(`${text}A`)).toBeNull();
    expect(readPresenceCode(`B${text.slice(1)}`)).toBeNull();
    expect(readPresenceCode(`${text.slice(0, -1)}!`)).toBeNull();
  });
});
