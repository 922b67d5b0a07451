import type { SealedText } from '../../domain/answers.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { SEALING_INFO, sealingAssociatedData } from '../../protocol/sealing.ts';
import type { SealingKeys } from '../assignment/sealing-keys.ts';
import { type NativePrivateKey, nativePrivateKey, nativeSuite } from './native-hpke.ts';

const NUL = String.fromCodePoint(0);

interface LoadedKey {
  readonly keyId: string;
  readonly key: NativePrivateKey;
}

/** Opens what visitors typed; made once, since loading a key costs more than using it. */
export class SealedTexts {
  readonly #suite = nativeSuite();
  readonly #info = Buffer.from(SEALING_INFO);
  readonly #source: SealingKeys;
  #loadedFrom: SealingKeys['all'] = [];
  #loaded: readonly LoadedKey[] = [];

  constructor(source: SealingKeys) {
    this.#source = source;
  }

  /** The words, or why they cannot be had, with the place the wire shows it at. */
  async open(sealed: SealedText, responseId: string): Promise<Result<string, string>> {
    const bytes = await this.#openBytes(sealed, responseId);
    if (bytes === null) return err('sealedText: no key of this server opens it');
    return decodeText(bytes);
  }

  async #openBytes(sealed: SealedText, responseId: string): Promise<Uint8Array | null> {
    const encapsulated = Buffer.from(sealed.encapsulatedKey, 'base64');
    const ciphertext = Buffer.from(sealed.ciphertext, 'base64');
    const keys = this.#keys();
    const named = keys.filter(({ keyId }) => keyId === sealed.keyId);
    for (const { key } of named.length > 0 ? named : keys) {
      try {
        return await this.#suite.Open(key, encapsulated, ciphertext, {
          info: this.#info,
          aad: Buffer.from(sealingAssociatedData(responseId)),
        });
      } catch (error) {
        // The library says only that it could not: a wrong key, a changed byte and a bad point are one to it.
        if (!(error instanceof Error)) throw error;
      }
    }
    return null;
  }

  /** Newest first, loaded anew when there is another. */
  #keys(): readonly LoadedKey[] {
    const { all } = this.#source;
    if (all !== this.#loadedFrom) {
      this.#loadedFrom = all;
      this.#loaded = all
        .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
        .map(({ keyId, privateKey }) => ({
          keyId,
          key: nativePrivateKey(Buffer.from(privateKey, 'base64')),
        }));
    }
    return this.#loaded;
  }
}

function decodeText(bytes: Uint8Array): Result<string, string> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return err('sealedText: the words are not UTF-8');
    throw error;
  }
  return text.includes(NUL) ? err('sealedText: the words hold U+0000') : ok(text);
}
