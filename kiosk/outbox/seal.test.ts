import { AEAD_AES_128_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import type { BootId, ItemId } from '../../domain/ids.ts';
import type { Visit } from '../../domain/visit.ts';
import { SEALING_INFO, SEALING_SUITE, sealingAssociatedData } from '../../protocol/sealing.ts';
import { sealedTextSchema } from '../../protocol/push.ts';
import { responseBodyOf } from '../visit/response-body.ts';
import { anAssignment } from '../visit/staged-kiosk.ts';
import { MAX_ENTRY_BYTES } from './outbox.ts';
import { sealText } from './seal.ts';

const SUITE = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);
const RESPONSE_ID = '0000a28c-1111-8222-9333-444455556666';

async function aServer() {
  const pair = await SUITE.GenerateKeyPair();
  const publicKey = Buffer.from(await SUITE.SerializePublicKey(pair.publicKey)).toString('base64');
  const open = async (sealed: { encapsulatedKey: string; ciphertext: string }, responseId = RESPONSE_ID) => {
    const plain = await SUITE.Open(
      pair,
      Buffer.from(sealed.encapsulatedKey, 'base64'),
      Buffer.from(sealed.ciphertext, 'base64'),
      { info: Buffer.from(SEALING_INFO), aad: Buffer.from(sealingAssociatedData(responseId)) },
    );
    return Buffer.from(plain).toString('utf8');
  };
  return { sealingKey: { keyId: 'k1', publicKey }, open };
}

it.each(['Merci', 'Un siège, s’il vous plaît 🙂', 'شكرا', 'x'.repeat(500), '𝄞'.repeat(250)])(
  'seals what the full suite of the library opens: %s',
  async (text) => {
    const server = await aServer();
    const sealed = await sealText(text, RESPONSE_ID, server.sealingKey);
    expect(await server.open(sealed)).toBe(text);
    expect(v.is(sealedTextSchema, sealed)).toBe(true);
    expect(sealed.keyId).toBe('k1');
  },
);

it('uses the suite that the protocol names', () => {
  expect([SUITE.KEM.name, SUITE.KDF.name, SUITE.AEAD.name].join(', ')).toBe(SEALING_SUITE);
});

it('binds the words to their response', async () => {
  const server = await aServer();
  const sealed = await sealText('Merci', RESPONSE_ID, server.sealingKey);
  await expect(server.open(sealed, RESPONSE_ID.replace('4', '5'))).rejects.toThrow(Error);
});

it('never seals the same words alike', async () => {
  const server = await aServer();
  const first = await sealText('Merci', RESPONSE_ID, server.sealingKey);
  const second = await sealText('Merci', RESPONSE_ID, server.sealingKey);
  expect(second.encapsulatedKey).not.toBe(first.encapsulatedKey);
  expect(second.ciphertext).not.toBe(first.ciphertext);
});

it('refuses a key that is none', async () => {
  await expect(sealText('Merci', RESPONSE_ID, { keyId: 'k', publicKey: 'AA==' })).rejects.toThrow(Error);
});

it('leaves the largest entry within what the bound on retained ones counts with', async () => {
  const server = await aServer();
  const words = await sealText('𝄞'.repeat(500), RESPONSE_ID, { ...server.sealingKey, keyId: 'k'.repeat(64) });
  const code = 'c'.repeat(64);
  const itemId = 'i'.repeat(64) as ItemId;
  const visit = {
    language: 'fr-x-facile',
    startedAtMs: 0,
    answers: [
      ...Array.from({ length: 3 }, () => ({ itemId, kind: 'rating', code }) as const),
      { itemId, kind: 'choice', codes: Array.from({ length: 12 }, () => code) } as const,
    ],
  } as unknown as Visit;
  const ports = { assignment: anAssignment(), bootId: RESPONSE_ID as BootId, channel: 'tablet' } as const;
  const body = responseBodyOf(
    visit,
    ports,
    'complete',
    words,
    null,
    Array.from({ length: 10 }, () => code),
  );
  const size = Buffer.byteLength(JSON.stringify({ responseId: RESPONSE_ID, sequence: 999_999, body }));
  expect(size).toBeGreaterThan(4_000);
  expect(size).toBeLessThan(MAX_ENTRY_BYTES);
});
