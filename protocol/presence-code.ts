/**
 * The code that says « somebody stood before this tablet a moment ago ». The tablet makes it without network, the server checks it:
 *
 * ```
 * byte 0      version, 1
 * bytes 1–8   the reference of the tablet's key, as the server gave it
 * bytes 9–12  the slot: half minutes of the tablet's clock since 1970
 * bytes 13–16 chance, new for each slot, so that a clock set back does not show a code twice
 * bytes 17–26 the first 80 bits of HMAC-SHA-256 over all before, with the tablet's key
 * ```
 *
 * 36 letters of base64url in all. Whoever guesses 100,000 times hits one of a tablet's codes with a chance of 10⁵ ÷ 2⁸⁰ ≈ 8 × 10⁻²⁰.
 */
export const PRESENCE_SLOT_MS = 30_000;
/** How long before and after its slot a code is taken: time to find the telephone, and for clocks that differ. */
export const PRESENCE_WINDOW_MS = 600_000;
export const PRESENCE_KEY_BYTES = 32;
export const PRESENCE_REFERENCE_BYTES = 8;
export const PRESENCE_CHANCE_BYTES = 4;

const VERSION = 1;
const SLOT_AT = 1 + PRESENCE_REFERENCE_BYTES;
const CHANCE_AT = SLOT_AT + 4;
const MESSAGE_BYTES = CHANCE_AT + PRESENCE_CHANCE_BYTES;
const TAG_BYTES = 10;
const CODE_LETTERS = 36;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A code taken apart; nothing of it is proved yet. */
export interface PresenceCode {
  /** base64url */
  readonly reference: string;
  readonly slot: number;
  /** base64url */
  readonly chance: string;
  /** What the tag is over. */
  readonly message: Uint8Array<ArrayBuffer>;
  readonly tag: Uint8Array<ArrayBuffer>;
}

/** The slot an instant falls into. */
export function presenceSlotOf(nowMs: number): number {
  return Math.floor(nowMs / PRESENCE_SLOT_MS);
}

/** What a tablet signs. */
export function presenceMessage(
  reference: string,
  slot: number,
  chance: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(MESSAGE_BYTES);
  message[0] = VERSION;
  message.set(fromBase64Url(reference) ?? [], 1);
  new DataView(message.buffer).setUint32(SLOT_AT, slot);
  message.set(chance, CHANCE_AT);
  return message;
}

/** The part of an HMAC that a code carries. */
export function presenceTagOf(mac: Uint8Array): Uint8Array {
  return mac.subarray(0, TAG_BYTES);
}

export function writePresenceCode(message: Uint8Array, tag: Uint8Array): string {
  return toBase64Url(Uint8Array.of(...message, ...tag));
}

/** Takes a code apart; null where it is none of this version. */
export function readPresenceCode(text: string): PresenceCode | null {
  const bytes = text.length === CODE_LETTERS ? fromBase64Url(text) : null;
  if (bytes === null || bytes[0] !== VERSION) return null;
  return {
    reference: toBase64Url(bytes.subarray(1, SLOT_AT)),
    slot: new DataView(bytes.buffer).getUint32(SLOT_AT),
    chance: toBase64Url(bytes.subarray(CHANCE_AT, MESSAGE_BYTES)),
    message: bytes.slice(0, MESSAGE_BYTES),
    tag: bytes.slice(MESSAGE_BYTES),
  };
}

/** Neither the oldest tablet nor the server's tests need anything of their platform for this. */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  let kept = 0;
  let bits = 0;
  for (const byte of bytes) {
    kept = ((kept << 8) | byte) & 0xffff;
    bits += 8;
    for (; bits >= 6; bits -= 6) text += ALPHABET[(kept >> (bits - 6)) & 63];
  }
  return bits === 0 ? text : text + ALPHABET[(kept << (6 - bits)) & 63];
}

/** null where a letter is foreign. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes: number[] = [];
  let kept = 0;
  let bits = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    kept = ((kept << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((kept >> bits) & 255);
    }
  }
  return Uint8Array.from(bytes);
}
