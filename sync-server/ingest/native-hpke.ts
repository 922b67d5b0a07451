import { createCipheriv, createDecipheriv, createECDH, createHmac } from 'node:crypto';
import { type AEAD, CipherSuite, type KDF, type KEM, type Key } from 'hpke';

/** A P-256 private key as Node's own ECDH takes it, with its public key. */
export interface NativePrivateKey extends Key {
  /** @param publicKey uncompressed point, 65 bytes; throws when it is not on the curve */
  readonly diffieHellman: (publicKey: Uint8Array) => Uint8Array;
  readonly publicKey: Uint8Array;
}

const HASH_BYTES = 32;
const KEY_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const POINT_BYTES = 65;
const UNCOMPRESSED = 4;

/**
 * HPKE's `DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM` (RFC 9180) with `node:crypto` underneath, to open what tablets seal.
 * The protocol is the library's; only the primitives are Node's, since WebCrypto's thread hand-overs cost four times the work.
 */
export function nativeSuite(): CipherSuite<NativePrivateKey> {
  return new CipherSuite(nativeKem, nativeKdf, nativeAead);
}

/** @param privateKey 32 bytes */
export function nativePrivateKey(privateKey: Uint8Array): NativePrivateKey {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(privateKey);
  return {
    algorithm: { name: 'ECDH' },
    extractable: false,
    type: 'private',
    publicKey: ecdh.getPublicKey(),
    diffieHellman: (publicKey) => ecdh.computeSecret(publicKey),
  };
}

function nativeKdf(): KDF {
  return {
    id: 0x0001,
    type: 'KDF',
    name: 'HKDF-SHA256',
    Nh: HASH_BYTES,
    stages: 2,
    Extract: async (salt, ikm) => extract(salt, ikm),
    Expand: async (prk, info, length) => expand(prk, info, length),
    Derive: refuse,
  };
}

function nativeAead(): AEAD {
  return {
    id: 0x0001,
    type: 'AEAD',
    name: 'AES-128-GCM',
    Nk: KEY_BYTES,
    Nn: NONCE_BYTES,
    Nt: TAG_BYTES,
    Seal: async (key, nonce, associated, plain) => {
      const cipher = createCipheriv('aes-128-gcm', key, nonce);
      cipher.setAAD(associated);
      return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    Open: async (key, nonce, associated, sealed) => {
      if (sealed.length < TAG_BYTES) throw new RangeError('The sealed text is shorter than its tag.');
      const decipher = createDecipheriv('aes-128-gcm', key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(associated);
      decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
      return Buffer.concat([
        decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)),
        decipher.final(),
      ]);
    },
  };
}

/** The receiving half of the KEM; the server never seals. */
function nativeKem(): KEM<NativePrivateKey> {
  return {
    id: 0x0010,
    type: 'KEM',
    name: 'DHKEM(P-256, HKDF-SHA256)',
    Nsecret: HASH_BYTES,
    Nenc: POINT_BYTES,
    Npk: POINT_BYTES,
    Nsk: 32,
    Decap: async (encapsulated, privateKey) => {
      // RFC 9180, 7.1.1: a point is 65 bytes, uncompressed; Node would also take a compressed one.
      if (encapsulated.length !== POINT_BYTES || encapsulated[0] !== UNCOMPRESSED)
        throw new RangeError('The encapsulated key is not an uncompressed point.');
      const context = Buffer.concat([encapsulated, privateKey.publicKey]);
      return extractAndExpand(privateKey.diffieHellman(encapsulated), context);
    },
    DeserializePrivateKey: async (bytes) => nativePrivateKey(bytes),
    DeriveKeyPair: refuse,
    GenerateKeyPair: refuse,
    SerializePublicKey: refuse,
    DeserializePublicKey: refuse,
    SerializePrivateKey: refuse,
    Encap: refuse,
  };
}

async function refuse(): Promise<never> {
  throw new Error('Only the opening half of HPKE is here.');
}

/** RFC 5869, 2.2. */
function extract(salt: Uint8Array, ikm: Uint8Array): Buffer {
  return createHmac('sha256', salt.length === 0 ? Buffer.alloc(HASH_BYTES) : salt)
    .update(ikm)
    .digest();
}

/** RFC 5869, 2.3. */
function expand(prk: Uint8Array, info: Uint8Array, length: number): Buffer {
  const blocks: Buffer[] = [];
  let last = Buffer.alloc(0);
  for (let count = 1; blocks.length * HASH_BYTES < length; count += 1) {
    last = createHmac('sha256', prk).update(last).update(info).update(Buffer.of(count)).digest();
    blocks.push(last);
  }
  return Buffer.concat(blocks).subarray(0, length);
}

const KEM_SUITE = Buffer.concat([Buffer.from('KEM'), Buffer.of(0x00, 0x10)]);
const VERSION = Buffer.from('HPKE-v1');

/** RFC 9180, 4.1: the shared secret of DHKEM. */
function extractAndExpand(sharedPoint: Uint8Array, context: Uint8Array): Buffer {
  const prk = extract(
    Buffer.alloc(0),
    Buffer.concat([VERSION, KEM_SUITE, Buffer.from('eae_prk'), sharedPoint]),
  );
  const info = Buffer.concat([
    Buffer.of(0, HASH_BYTES),
    VERSION,
    KEM_SUITE,
    Buffer.from('shared_secret'),
    context,
  ]);
  return expand(prk, info, HASH_BYTES);
}
