import { AEAD_AES_128_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import type { SealedText } from '../../domain/answers.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import { SEALING_INFO, sealingAssociatedData } from '../../protocol/sealing.ts';

const SUITE = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);
const utf8 = new TextEncoder();

/** Whether this page may seal at all: browsers give their cryptography to secure pages only. Without it nothing may be typed. */
export function canSeal(): boolean {
  return typeof crypto !== 'undefined' && (crypto.subtle as SubtleCrypto | undefined) !== undefined;
}

/** Seals a visitor's words to the server, bound to their response. The tablet cannot open them again. */
export async function sealText(
  text: string,
  responseId: string,
  { keyId, publicKey }: Assignment['sealingKey'],
): Promise<SealedText> {
  const key = await SUITE.DeserializePublicKey(fromBase64(publicKey));
  const sealed = await SUITE.Seal(key, utf8.encode(text), {
    info: utf8.encode(SEALING_INFO),
    aad: utf8.encode(sealingAssociatedData(responseId)),
  });
  return {
    encapsulatedKey: toBase64(sealed.encapsulatedSecret),
    ciphertext: toBase64(sealed.ciphertext),
    keyId,
  };
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
