import { AEAD_AES_128_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import { describe, expect, it } from 'vitest';
import { createSealingKey } from '../assignment/sealing-keys.ts';
import { nativePrivateKey, nativeSuite } from './native-hpke.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const stock = () => new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);

/** RFC 9180, appendix A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence number 0. */
const VECTOR = {
  info: hex('4f6465206f6e2061204772656369616e2055726e'),
  enc: hex(
    '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
  ),
  privateKey: hex('f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2'),
  aad: hex('436f756e742d30'),
  plaintext: '4265617574792069732074727574682c20747275746820626561757479',
  ciphertext: hex(
    '5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434',
  ),
};

describe('opening HPKE with Node’s primitives', () => {
  it('opens the RFC’s own vector', async () => {
    const { info, aad, enc, ciphertext } = VECTOR;
    const opened = await nativeSuite().Open(nativePrivateKey(VECTOR.privateKey), enc, ciphertext, {
      info,
      aad,
    });
    expect(Buffer.from(opened).toString('hex')).toBe(VECTOR.plaintext);
  });

  it('opens what the library seals with WebCrypto, whatever its length', async () => {
    const key = createSealingKey(0);
    const publicKey = await stock().DeserializePublicKey(Buffer.from(key.publicKey, 'base64'));
    const privateKey = nativePrivateKey(Buffer.from(key.privateKey, 'base64'));
    for (const length of [0, 1, 15, 16, 17, 500, 2_000]) {
      const words = crypto.getRandomValues(new Uint8Array(length));
      const parts = { info: Buffer.from('why'), aad: Buffer.from('which') };
      const sealed = await stock().Seal(publicKey, words, parts);
      const opened = await nativeSuite().Open(
        privateKey,
        sealed.encapsulatedSecret,
        sealed.ciphertext,
        parts,
      );
      expect(Buffer.from(opened)).toEqual(Buffer.from(words));
    }
  });

  it('derives the secrets the library derives', async () => {
    const { info, enc } = VECTOR;
    const exporter = Buffer.from('a context');
    const own = await nativeSuite().ReceiveExport(nativePrivateKey(VECTOR.privateKey), enc, exporter, 32, {
      info,
    });
    const key = await stock().DeserializePrivateKey(VECTOR.privateKey, true);
    expect(Buffer.from(own)).toEqual(
      Buffer.from(await stock().ReceiveExport(key, enc, exporter, 32, { info })),
    );
  });

  it.each([
    ['a changed byte of the text', { ciphertext: changed(VECTOR.ciphertext, 3) }],
    ['a changed tag', { ciphertext: changed(VECTOR.ciphertext, VECTOR.ciphertext.length - 1) }],
    ['a text shorter than its tag', { ciphertext: VECTOR.ciphertext.slice(0, 15) }],
    ['a point that is not on the curve', { enc: changed(VECTOR.enc, 40) }],
    ['a compressed point', { enc: Uint8Array.of(2, ...VECTOR.enc.slice(1, 33)) }],
    ['other associated data', { aad: hex('00') }],
    ['another purpose', { info: hex('00') }],
  ])('refuses %s', async (_what, changes) => {
    const { enc, ciphertext, aad, info } = { ...VECTOR, ...changes };
    const key = nativePrivateKey(VECTOR.privateKey);
    await expect(nativeSuite().Open(key, enc, ciphertext, { aad, info })).rejects.toThrow(
      /failed|decaps|open|encapsulated/i,
    );
  });
});

function changed(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.map((byte, at) => (at === index ? byte ^ 1 : byte));
}
