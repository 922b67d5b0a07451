/** The tablet's time, injected so that a test or a simulation can hold it. */
export interface Clock {
  /** Milliseconds since 1970, on the tablet's own clock, right or wrong. */
  now(): number;
  /** Calls back once after a delay; the returned function calls it off. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Randomness, injected for the same reason. */
export interface Randomness {
  /** A number in [0, 1). */
  number(): number;
  /** Bytes from a cryptographic source. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

export const SYSTEM_RANDOMNESS: Randomness = {
  number: () => Math.random(),
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};

/** A random UUID (version 4). `crypto.randomUUID` exists only on secure pages, this everywhere. */
export function randomUuid(randomness: Randomness): string {
  const bytes = randomness.bytes(16);
  const view = new DataView(bytes.buffer);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x40);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
