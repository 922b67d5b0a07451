import {
  AEAD_AES_128_GCM,
  I2OSP,
  KDF_HKDF_SHA256,
  KEM_DHKEM_P256_HKDF_SHA256,
  LabeledExpand,
  LabeledExtract,
  MODE_BASE,
  concat,
  encode,
} from 'hpke';
import type { SealedText } from '../../domain/answers.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import { SEALING_INFO, sealingAssociatedData } from '../../protocol/sealing.ts';

const KEM = KEM_DHKEM_P256_HKDF_SHA256();
const KDF = KDF_HKDF_SHA256();
const AEAD = AEAD_AES_128_GCM();
const SUITE_ID = concat(encode('HPKE'), I2OSP(KEM.id, 2), I2OSP(KDF.id, 2), I2OSP(AEAD.id, 2));
const NONE = new Uint8Array();
const utf8 = new TextEncoder();

/** Whether this page may seal at all: browsers give their cryptography to secure pages only. Without it nothing may be typed. */
export function canSeal(): boolean {
  return typeof crypto !== 'undefined' && (crypto.subtle as SubtleCrypto | undefined) !== undefined;
}

/**
 * Seals a visitor's words to the server, bound to their response. The tablet cannot open them again.
 *
 * HPKE's single message in base mode (RFC 9180, 6.1), put together from the library's own parts: its all-purpose class also opens, exports
 * and shares keys, and weighs 2 kB more on every tablet. The tests open what is sealed here with that class.
 *
 * @throws where the key is not one, or the browser refuses its cryptography
 */
export async function sealText(
  text: string,
  responseId: string,
  { keyId, publicKey }: Assignment['sealingKey'],
): Promise<SealedText> {
  const recipient = await KEM.DeserializePublicKey(fromBase64(publicKey));
  const { shared_secret: sharedSecret, enc } = await KEM.Encap(recipient);
  const { key, nonce } = await keySchedule(sharedSecret, utf8.encode(SEALING_INFO));
  const associated = utf8.encode(sealingAssociatedData(responseId));
  const ciphertext = await AEAD.Seal(key, nonce, associated, utf8.encode(text));
  return { encapsulatedKey: toBase64(enc), ciphertext: toBase64(ciphertext), keyId };
}

/** RFC 9180, 5.1, without a pre-shared key. The nonce of the first and only message is the base nonce. */
async function keySchedule(
  sharedSecret: Uint8Array,
  info: Uint8Array,
): Promise<{ key: Uint8Array; nonce: Uint8Array }> {
  const extract = (salt: Uint8Array, label: string, input: Uint8Array) =>
    LabeledExtract(KDF, SUITE_ID, salt, encode(label), input);
  const [pskIdHash, infoHash, secret] = await Promise.all([
    extract(NONE, 'psk_id_hash', NONE),
    extract(NONE, 'info_hash', info),
    extract(sharedSecret, 'secret', NONE),
  ]);
  const context = concat(I2OSP(MODE_BASE, 1), pskIdHash, infoHash);
  const expand = (label: string, length: number) =>
    LabeledExpand(KDF, SUITE_ID, secret, encode(label), context, length);
  const [key, nonce] = await Promise.all([expand('key', AEAD.Nk), expand('base_nonce', AEAD.Nn)]);
  return { key, nonce };
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
