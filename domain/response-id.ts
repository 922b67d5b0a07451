import type { ResponseId } from './ids.ts';

const HALF_DAY_MS = 43_200_000;

/**
 * Makes a response's identity: a UUID version 8 (RFC 9562 section 5.8) whose first 32 bits are the number of UTC half-days since
 * 1970, so that the server's index stays local, followed by 90 random bits. It tells nothing finer about the moment
 * of the answer than the half-day the server keeps anyway.
 *
 * @param nowMs the tablet's clock, milliseconds since 1970
 * @param random at least 12 random bytes from a cryptographic source
 */
export function createResponseId(nowMs: number, random: Uint8Array): ResponseId {
  if (random.length < 12) throw new RangeError('A response id needs 12 random bytes.');
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.max(0, Math.floor(nowMs / HALF_DAY_MS)));
  bytes.set(random.subarray(0, 12), 4);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x80);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as ResponseId;
}
